"""The settings of the house, read from the environment in one typed place."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a person who runs the playground may choose.

    Each field is the environment variable of the same name behind
    ``PLAYGROUND_``: ``PLAYGROUND_HOME``, ``PLAYGROUND_DATA`` and so on.
    """

    model_config = SettingsConfigDict(env_prefix="PLAYGROUND_", env_ignore_empty=True, frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("deep-learning-playground", appauthor=False))
    """Where runs, downloads and caches are written."""

    data: Path | None = None
    """A folder that already holds data sets (``mnist/MNIST/raw/*.gz`` ...); only ever read."""

    download_deadline: float = Field(default=120.0, gt=0)
    """Seconds after which a download of a data set is given up."""


def settings() -> Settings:
    """Return the settings as the environment has them now."""
    return Settings()
