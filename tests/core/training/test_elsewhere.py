"""What a run needs on a machine that is not the server's."""

import pytest

from core.data.audio.own_voice import SAMPLES
from core.data.sources import PUBLISHED, TEXTS
from core.training import elsewhere
from core.training.config import TrainConfig
from core.training.elsewhere import download_published, own_files
from core.training.tasks.images import ImageTask
from core.training.tasks.own_voice import VoiceTask
from core.training.tasks.registry import TASKS
from core.training.tasks.series import SeriesTask

MADE_HERE = {"points", "stories", "number-words", "sine", "walk", SAMPLES}
WITH_THE_APP = {"mnist"}
VOICE = "voice:0123456789abcdef"
OWN = "own:0123abcd"


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(elsewhere, "download", names.append)
    return names


@pytest.mark.parametrize("kind", TASKS.values(), ids=list(TASKS))
def test_every_task_finds_its_published_data(kind: type, fetched: list[str]) -> None:
    task = kind()
    download_published(TrainConfig(task=task))
    assert fetched == [] if task.data in MADE_HERE | WITH_THE_APP else fetched == [task.data]
    assert {task.data} <= MADE_HERE | WITH_THE_APP | {*PUBLISHED, *TEXTS}
    assert own_files(TrainConfig(task=task)) == ()


@pytest.mark.parametrize("data", ["sunspots", "passengers", "temperatures"])
def test_published_series_come_in_one_set(data: str, fetched: list[str]) -> None:
    download_published(TrainConfig(task=SeriesTask(data=data)))
    assert fetched == ["time_series"]


def test_what_people_have_brought_is_named_by_its_files(fetched: list[str]) -> None:
    images, voice = ImageTask(data=OWN), VoiceTask(data=VOICE)
    assert own_files(TrainConfig(task=images)) == ("own/0123abcd.npz", "own/0123abcd.json")
    assert own_files(TrainConfig(task=voice)) == ("voices/0123456789abcdef.npz",)
    for task in (images, voice, SeriesTask(data="own")):  # its numbers are in the configuration
        download_published(TrainConfig(task=task))
    assert fetched == []
