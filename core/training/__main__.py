"""Train without a browser: `python -m core.training RECIPE [key=value ...]`.

The run goes into the same store as those of the page: it can be watched, paused
and stopped there, and its network can be used on every page.
"""

import argparse
import sys
import uuid

from tqdm import tqdm

from core.data.sources import PUBLISHED, DownloadFailed, download
from core.figures.percent import exact_percent
from core.models.images.design import ImpossibleShape
from core.runs.store.store import Store, StoreProblem
from core.runs.workers.execute import execute
from core.settings import settings
from core.training.address import SETTINGS, change, with_title
from core.training.config import BadConfig, check
from core.training.control import Control
from core.training.events import Ended, FinalScore, TrainingEvent, Updates, Validation
from core.training.recipes import RECIPES
from core.training.task import Task

SESSION = "command line"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 where the run finished or was stopped."""
    summary = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m core.training", description=summary)
    parser.add_argument("recipe", metavar="RECIPE", help=f"one of {', '.join(RECIPES)}")
    parser.add_argument("changes", nargs="*", metavar="key=value", help="a setting, learning_rate=0.01 for example")
    parser.add_argument("--download", action="store_true", help="download missing images first")
    chosen = parser.parse_args(arguments)
    if chosen.recipe not in RECIPES:
        parser.error(f"there is no recipe {chosen.recipe!r}; there are {', '.join(RECIPES)}")
    try:
        recipe = RECIPES[chosen.recipe]
        config = with_title(change(recipe.config, dict(_pair(text) for text in chosen.changes)), recipe)
        check(config)
        if chosen.download and config.task.data in PUBLISHED:
            download(config.task.data)
        store = Store(settings().home / "runs")
        run = store.create(config, f"{SESSION} {uuid.uuid4().hex}", "starting")
    except (BadConfig, ImpossibleShape, DownloadFailed, StoreProblem) as problem:
        parser.error(str(problem))
    control = Control()
    with _Bar() as bar:
        try:
            status = execute(store, run, control, bar.show)
        except KeyboardInterrupt:
            store.set_status(run, "interrupted", "It was ended with Ctrl-C.")
            status = "interrupted"
    record = store.get(run)
    print(f"{run}: {status}. {record.reason if record else ''}".rstrip())
    return 0 if status in {"finished", "stopped"} else 1


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or key not in SETTINGS:
        raise BadConfig(f"{text!r} is not key=value with a key of {', '.join(sorted(SETTINGS))}.")
    return key, value


class _Bar:
    """A progress bar, with a line for every validation and the final score."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, event: TrainingEvent, task: Task) -> None:
        """Show an event of the training."""
        if self._bar is None:
            self._bar = tqdm(unit="step", disable=None)
            for note in task.notes:
                self._bar.write(note)
        match event:
            case Updates(curve):
                self._bar.update(len(curve))
                self._bar.set_postfix(loss=f"{curve.loss[-1]:.3f}", epoch=f"{curve.epoch[-1]:.2f}")
            case Validation():
                self._bar.write(
                    f"epoch {event.epoch:.2f}: validation accuracy {exact_percent(event.score.accuracy, 2)}"
                )
            case Ended() if event.reason:
                self._bar.write(event.reason)
            case FinalScore(score=score):
                self._bar.write(
                    f"test: {score.correct:,} of {score.cases:,} right ({exact_percent(score.accuracy, 2)}) "
                    f"after {event.seconds:.1f} s of training"
                )


if __name__ == "__main__":
    sys.exit(main())
