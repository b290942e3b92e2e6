"""The settings of the house, read from the environment in one typed place."""

import os
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PREFIX = "PLAYGROUND_"


class Settings(BaseSettings):
    """What a person who runs the playground may choose.

    Each field is the environment variable of the same name behind
    ``PLAYGROUND_``: ``PLAYGROUND_HOME``, ``PLAYGROUND_DATA`` and so on.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, frozen=True)

    frame_ancestors: str = Field(default="'self'", pattern=r"^[^;,\r\n]+$")
    """Addresses of pages that may show this one in a frame, as CSP writes them: a school's course page."""

    home: Path = Field(default_factory=lambda: user_data_path("deep-learning-playground", appauthor=False))
    """Where runs, downloads and caches are written."""

    database: SecretStr = SecretStr("")
    """A database of PostgreSQL (``postgresql://user:password@host/name``) for the rows that servers on several machines
    share; where it is empty, a file in `home`."""

    teacher_password: SecretStr = SecretStr("")
    """Opens a room for a class. Where none is set, whoever sits at the server may open one."""

    access: Literal["open", "room"] = "open"
    """Who gets in: everybody, or only those who have joined a room."""

    public_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    """The address that others can reach, for the code on the wall; where it is empty, that of this machine."""

    room_hours: float = Field(default=12, gt=0)
    """Hours after which a room ends."""

    room_members: int = Field(default=100, ge=1)
    """Most people in a room."""

    joins_per_minute: int = Field(default=40, ge=1)
    """People who may join a room from one network address within a minute: a school often has one for all."""

    drawings_per_minute: int = Field(default=120, ge=1)
    """Changes of a drawing that one person may hang on the wall of a room within a minute."""

    votes_per_minute: int = Field(default=30, ge=1)
    """Votes that one person may give, or change, within a minute."""

    guesses_per_minute: int = Field(default=100, ge=1)
    """Wrong codes that are taken from one network address within a minute: a class has misread the board twice."""

    secrets_per_minute: int = Field(default=20, ge=1)
    """Wrong passwords from one network address, and wrong return words of one nickname, within a minute."""

    trusted_proxies: str = ""
    """Addresses or networks of proxies, with commas between them, that say from where a request comes."""

    data: Path | None = None
    """A folder that already holds data sets (``mnist/MNIST/raw/*.gz`` ...); only ever read."""

    download_deadline: float = Field(default=120.0, gt=0)
    """Seconds after which a download of a data set is given up."""

    archive_bytes: int = Field(default=5 * 2**20, gt=0)
    """Largest zip of own pictures that is opened; ``server.maxUploadSize`` stops larger ones before."""

    archive_members: int = Field(default=5_000, gt=0)
    """Most files in a zip of own pictures."""

    archive_unpacked: int = Field(default=100 * 2**20, gt=0)
    """Most bytes that the files of such a zip may have when they are unpacked, together."""

    archive_pixels: int = Field(default=400_000_000, gt=0)
    """Most pixels that the pictures in such a zip may have together."""

    own_sets: int = Field(default=200, gt=0)
    """Most data sets of people's own that are kept (at most some 4 MB each)."""

    runs_at_once: int = Field(default=1, ge=1)
    """Trainings that go on at the same time; the others wait."""

    cluster: str = Field(default="", pattern=r"^(auto|ray://\S+|[\w.-]+:\d+)?$")
    """The Ray cluster that trains instead of this machine: "auto" for the one that this machine belongs to."""

    cluster_code: Literal["sent", "installed"] = "sent"
    """How the machines of a cluster get this code: the server sends it, or it is installed there."""

    seats_per_gpu: int = Field(default=1, ge=1)
    """Trainings that share a GPU of a cluster."""

    training_threads: int = Field(default_factory=lambda: max(1, (os.cpu_count() or 1) - 1), ge=1)
    """Threads of a training on the CPU: one core is left to the pages, or both would stand still."""

    max_batch_size: int = Field(default=4096, ge=1)
    """Most examples in a batch."""

    max_epochs: float = Field(default=50, gt=0)
    """Most passes over the data in one run."""

    max_parameters: int = Field(default=5_000_000, ge=1)
    """Most numbers that a network may learn."""

    max_seconds: float = Field(default=900, gt=0)
    """Most seconds that one run may train."""

    max_trials: int = Field(default=30, ge=1)
    """Most trials in one sweep."""

    active_runs: int = Field(default=1, ge=1)
    """Runs of one person that may wait or go on at the same time."""

    active_per_address: int = Field(default=10, ge=1)
    """Runs from one network address that may wait or go on."""

    people_per_address: int = Field(default=40, ge=1)
    """Members of a room behind one network address, in the order in which they joined, for whom that does not count."""

    queue_length: int = Field(default=80, ge=1)
    """Most runs that may wait."""

    submissions_per_minute: int = Field(default=6, ge=1)
    """Runs and sweeps that one person may start within a minute."""

    uploads_per_minute: int = Field(default=40, ge=1)
    """Files that one person may bring within a minute: five drawings of each of some symbols come at once."""

    upload_megabytes_per_minute: int = Field(default=120, ge=1)
    """What these files may have together; Streamlit keeps them in memory."""

    pause_seconds: float = Field(default=300, gt=0)
    """Seconds that a run may rest, all its pauses together, before others who wait get its place."""

    megabytes_per_person: int = Field(default=400, ge=1)
    """What the runs of one person may fill; the oldest ended ones are dropped first."""

    megabytes_per_room: int = Field(default=4_000, ge=1)
    """What the runs of one room may fill."""

    megabytes_in_all: int = Field(default=20_000, ge=1)
    """What the runs of everybody outside of rooms may fill; those of the command line are not counted."""

    keep_days: float = Field(default=365, gt=0)
    """Days after which an ended run is dropped; those of the command line stay."""

    trials_at_once: int = Field(default=1, ge=1)
    """Trials of one sweep that may run or wait at the same time."""

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, text: str) -> str:
        for part in filter(None, map(str.strip, text.split(","))):
            ip_network(part)  # its ValueError names the part
        return text


def settings() -> Settings:
    """Return the settings as the environment has them now."""
    return _read(tuple(item for item in os.environ.items() if item[0].upper().startswith(_PREFIX)))


def require_valid() -> None:
    """End the program with a sentence for each setting that makes no sense."""
    try:
        settings()
    except ValidationError as problem:
        wrong = [f"{_PREFIX}{str(one['loc'][0]).upper()}={one['input']}: {one['msg']}." for one in problem.errors()]
        raise SystemExit("\n".join([*wrong, "README.md says what each setting may be."])) from None


@lru_cache(maxsize=16)
def _read(_environment: tuple[tuple[str, str], ...]) -> Settings:
    """Return the settings; pages ask for them hundreds of times a second, and to read them anew takes a millisecond."""
    return Settings()
