"""What a run needs on a machine that is not the server's: published data, and what people have brought."""

from core.data.audio.own_voice import SAMPLES as IMITATED
from core.data.audio.own_voice import VOICE
from core.data.images.own_sets import OWN
from core.data.series.samples import PUBLISHED as PUBLISHED_SERIES
from core.data.series.samples import SAMPLES as SERIES
from core.data.sources import PUBLISHED, TEXTS, download
from core.training.config import TrainConfig
from core.training.tasks.series import SeriesTask


def own_files(config: TrainConfig) -> tuple[str, ...]:
    """Return the files that people have brought and a run learns from, below ``PLAYGROUND_HOME``."""
    data = config.task.data
    if data.startswith(OWN):
        identity = data.removeprefix(OWN)
        return f"own/{identity}.npz", f"own/{identity}.json"
    if data.startswith(VOICE) and data != IMITATED:
        return (f"voices/{data.removeprefix(VOICE)}.npz",)
    return ()


def download_published(config: TrainConfig) -> None:
    """Fetch the published data of a run onto this machine, where they are not here and are no part of the app.

    Raises:
        DownloadFailed: they could not be had; the message is for people.
    """
    name = _published(config)
    if name in {*PUBLISHED, *TEXTS} - {"mnist"}:
        download(name)


def _published(config: TrainConfig) -> str:
    task = config.task
    if isinstance(task, SeriesTask):
        return PUBLISHED_SERIES if task.data in SERIES and SERIES[task.data].file else ""
    return task.data
