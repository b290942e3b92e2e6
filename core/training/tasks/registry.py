"""Every task there is. To add one, write a file beside this one and add its class to the list."""

from types import MappingProxyType

from core.training.tasks.images import ImageTask
from core.training.tasks.next_letter import PassageTask, TuneTask
from core.training.tasks.numbers import NumberTask
from core.training.tasks.own_voice import VoiceTask
from core.training.tasks.pen import PenTask
from core.training.tasks.points import PointTask
from core.training.tasks.sentences import SentenceTask
from core.training.tasks.series import SeriesTask
from core.training.tasks.speech import SpeechTask
from core.training.tasks.stories import StoryTask
from core.training.tasks.surnames import SurnameTask
from core.training.tasks.tagging import TaggingTask
from core.training.tasks.task_config import TaskConfig
from core.training.tasks.translation import TranslationTask

_LISTED: tuple[type[TaskConfig], ...] = (
    ImageTask,
    StoryTask,
    SurnameTask,
    TaggingTask,
    PointTask,
    PenTask,
    SpeechTask,
    SeriesTask,
    NumberTask,
    TranslationTask,
    VoiceTask,
    TuneTask,
    PassageTask,
    SentenceTask,
)

TASKS: MappingProxyType[str, type[TaskConfig]] = MappingProxyType({task.default("learns"): task for task in _LISTED})
"""Tasks by what they learn; a configuration that does not say is of the first."""
