"""Train without a browser: `python -m core.training RECIPE [key=value ...]`.

The run goes into the same store as those of the page: it can be watched, paused
and stopped there, and its network can be used on every page.

`python -m core.training check-gpu [--into FILE]` checks and measures the GPU instead.
"""

import argparse
import sys
import uuid
from functools import partial
from pathlib import Path

from tqdm import tqdm

from core.data.sources import PUBLISHED, DownloadFailed, download
from core.figures.percent import exact_percent
from core.models.images.design import ImpossibleShape
from core.runs.store.rights import COMMAND_LINE
from core.runs.store.store import Store, StoreProblem
from core.runs.workers.execute import execute
from core.settings import settings
from core.training.address import SETTINGS, change, with_title
from core.training.config import BadConfig, check
from core.training.control import Control
from core.training.events import Checkpoint, Ended, FinalScore, TrainingEvent, Updates, Validation
from core.training.gpu_check import main as check_gpu
from core.training.recipes import RECIPES
from core.training.recorded_gpu import RECORDED
from core.training.task import Task

CHECK_GPU = "check-gpu"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 where the run finished or was stopped."""
    summary = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m core.training", description=summary)
    names = ", ".join((*RECIPES, CHECK_GPU))
    parser.add_argument("recipe", metavar="RECIPE", help=f"one of {names}")
    parser.add_argument("changes", nargs="*", metavar="key=value", help="a setting, learning_rate=0.01 for example")
    parser.add_argument("--download", action="store_true", help="download missing images first")
    parser.add_argument("--into", type=Path, default=RECORDED, help="of check-gpu")
    chosen = parser.parse_args(arguments)
    if chosen.recipe == CHECK_GPU:
        return check_gpu(chosen.into)
    if chosen.recipe not in RECIPES:
        parser.error(f"there is no recipe {chosen.recipe!r}; there are {names}")
    try:
        recipe = RECIPES[chosen.recipe]
        config = with_title(change(recipe.config, dict(_pair(text) for text in chosen.changes)), recipe)
        check(config)
        if chosen.download and config.task.data in PUBLISHED:
            download(config.task.data)
        store = Store(settings().home / "runs")
        run = store.create(config, f"{COMMAND_LINE} {uuid.uuid4().hex}", "starting")
    except (BadConfig, ImpossibleShape, DownloadFailed, StoreProblem) as problem:
        parser.error(str(problem))
    with tqdm(unit="step", disable=None) as bar:
        try:
            status = execute(store, run, Control(), partial(_show, bar))
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


def _show(bar: tqdm, event: TrainingEvent, task: Task) -> None:
    """Show where the data comes from, the progress, every validation and the final score."""
    match event:
        case Checkpoint(step=0):
            for note in task.notes:
                bar.write(note)
        case Updates(curve):
            bar.update(len(curve))
            bar.set_postfix(loss=f"{curve.loss[-1]:.3f}", epoch=f"{curve.epoch[-1]:.2f}")
        case Validation(score=score):
            bar.write(f"epoch {event.epoch:.2f}: validation accuracy {exact_percent(score.accuracy, 2)}")
        case Ended() if event.reason:
            bar.write(event.reason)
        case FinalScore(score=score):
            right = f"{score.correct:,} of {score.cases:,} right ({exact_percent(score.accuracy, 2)})"
            if score.majority is not None:
                right += f"; the largest class alone: {exact_percent(score.majority, 2)}"
            if score.mean_recall is not None:
                right += f"; mean recall: {exact_percent(score.mean_recall, 2)}"
            bar.write(f"test: {right} after {event.seconds:.1f} s of training")


if __name__ == "__main__":
    sys.exit(main())
