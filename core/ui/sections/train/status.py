"""Where a run stands, in words and numbers."""

from dataclasses import dataclass
from html import escape

import numpy as np
import streamlit as st

from core.figures.percent import exact_percent
from core.runs.store.record import Run, Status
from core.runs.store.watching import RunView
from core.training.events import Diagnostics, Ended, Validation
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.score_words import beside_accuracy
from core.wording import about_minutes, counted

_RECENT = 3.0
"""Seconds of training over which the speed is taken."""

_STYLE = """<style>
.run-status { min-height: 4.1rem; }
.run-status .head { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.run-status .word { font-size: 1.5rem; font-weight: 700; line-height: 1.25; white-space: nowrap; }
.run-status .said { margin: 0; opacity: .9; }
.run-status .where { margin-left: auto; font-size: .85rem; opacity: .8; white-space: nowrap; }
.run-status .numbers { display: flex; flex-wrap: wrap; gap: .25rem 1.3rem; margin: .15rem 0 0 0;
  font-variant-numeric: tabular-nums; }
.run-status .numbers span { white-space: nowrap; }
.run-status .numbers b { font-size: 1.1rem; }
.run-status .good { color: #0a8f66; } .run-status .bad { color: #d9480f; }
</style>"""


@dataclass(frozen=True)
class StatusMessage:
    """The state of a run in words: a word, a sentence with advice, and a tone: "good", "bad" or neither."""

    word: str
    sentence: str
    tone: str = ""


HELD = "Your teacher has paused all trainings of the room. It continues by itself when they resume them."


def status_message(view: RunView, trouble: str = "", held: bool = False) -> StatusMessage:
    """Return the state of a run in words.

    Args:
        view: the run.
        trouble: why nothing can be trained now, where that is so.
        held: whether it waits or rests because the teacher of its room has paused all trainings there.
    """
    run = view.run
    if held:
        return StatusMessage("Waiting" if run.status == "queued" else "Resting", HELD)
    words: dict[Status, StatusMessage] = {
        "queued": StatusMessage("Waiting", _queue_sentence(view.runs_ahead or 0, view.wait, trouble)),
        "starting": StatusMessage("Starting", "Pictures and network are being prepared."),
        "running": StatusMessage("Learning", trouble and f"{trouble}."),
        "paused": StatusMessage("Resting", "Resume it, or make one update at a time and watch the numbers."),
        "finished": StatusMessage("Finished", _finished_sentence(view), "good"),
        "stopped": StatusMessage("Stopped", _stopped_sentence(run)),
        "interrupted": StatusMessage(
            "Interrupted", f"{run.reason} “Go on” continues from the last weights that were kept.".strip()
        ),
        "diverged": StatusMessage("Diverged", run.reason, "bad"),
        "out of memory": StatusMessage("Out of memory", run.reason, "bad"),
        "lost": StatusMessage("Lost", run.reason, "bad"),
        "failed": StatusMessage("Failed", run.reason, "bad"),
    }
    return words[run.status]


def show_status(view: RunView) -> None:
    """Show word, sentence, numbers and the progress bar, in the container `status`, always of the same height."""
    run, runner = view.run, current_runner()
    held = run.status in {"queued", "paused"} and runner.store.held(run.session)  # asks the store, with every refresh
    said = status_message(view, runner.trouble(), held)
    numbers = "".join(f"<span>{escape(name)} <b>{escape(value)}</b></span>" for name, value in figures(view))
    with st.container(key="status", gap="small"):
        st.html(
            f'{_STYLE}<div class="run-status"><div class="head" role="status">'
            f'<span class="word {said.tone}">{escape(said.word)}</span>'
            f'<p class="said"><b>{escape(run.title)}</b>{". " * bool(said.sentence)}{escape(said.sentence)}</p>'
            f'<span class="where">{escape(where(view))}</span></div>'
            f'<div class="numbers">{numbers}</div></div>'
        )
        done = min(1.0, run.step / run.total_steps) if run.total_steps else 0.0
        st.progress(done)


def progress(run: Run) -> list[tuple[str, str]]:
    """Return epoch and update of a run; nothing before its length is known."""
    if not run.total_steps:
        return []
    epochs = run.total_steps / (run.setup.steps_per_epoch or run.total_steps)
    asked = f"{epochs:.2f}".rstrip("0").rstrip(".")  # of 0.1 epochs, 0.09936 are whole updates
    return [("epoch", f"{run.epoch:.2f} of {asked}"), ("update", f"{run.step:,} of {run.total_steps:,}")]


def figures(view: RunView) -> list[tuple[str, str]]:
    """Return the numbers below the sentence as (name, value)."""
    run = view.run
    found = progress(run)
    if run.score:
        found.append(("test", f"{exact_percent(run.score.accuracy, 2)} of {run.score.cases:,}"))
        found += beside_accuracy(run.score)
    validated = view.last(Validation)
    if validated:
        found.append(("validation", exact_percent(validated.score.accuracy, 2)))
    speed = updates_per_second(view)
    if speed:
        found.append((f"{run.learns}/s", f"{speed * run.setup.batch_size:,.0f}"))
    left = seconds_left(view, speed)
    if run.status in {"running", "paused"} and left is not None:
        found.append(("left", duration(left)))
    elif not run.active and run.seconds:
        found.append(("took", duration(run.seconds)))
    if len(view.curve) and run.active:
        found.append(("learning rate", f"{view.curve.learning_rate[-1]:.3g}"))
    return found


def where(view: RunView) -> str:
    """Return the device of a run, and the memory that it uses."""
    measured = view.last(Diagnostics)
    memory = f", {measured.memory_bytes / 2**20:,.0f} MB" if measured and view.run.active else ""
    return view.run.device + memory


def updates_per_second(view: RunView) -> float:
    """Return the updates per second, recently or of the whole run when it has ended; 0 before there are any."""
    seconds = view.curve.seconds
    if len(seconds) < 2:
        return 0.0
    recent = _RECENT if view.run.active else float(seconds[-1])
    first = int(np.searchsorted(seconds, seconds[-1] - recent))
    first = min(first, len(seconds) - 2)
    passed = float(seconds[-1] - seconds[first])
    return (len(seconds) - 1 - first) / passed if passed > 0 else 0.0


def seconds_left(view: RunView, speed: float) -> float | None:
    """Return the seconds until the end of the training, None while that is unknown."""
    run = view.run
    if not speed:
        return None
    left = (run.total_steps - run.step) / speed
    limit = run.raw_config.get("training", {}).get("seconds")
    return max(0.0, left if limit is None else min(left, float(limit) - run.seconds))


def duration(seconds: float) -> str:
    """Return a time as people say it: ``8 s``, ``2 min 05 s``."""
    whole = round(seconds)
    return f"{whole} s" if whole < 90 else f"{whole // 60} min {whole % 60:02d} s"


def _queue_sentence(before: int, wait: float | None, trouble: str) -> str:
    if trouble:
        return f"{trouble}. It starts by itself as soon as it can; you may leave this page."
    when = "" if wait is None else f", in {about_minutes(wait)}"
    if before == 0:
        return f"It is next, and starts by itself as soon as there is room{when}."
    runs = f"{counted(before, 'run')} {'is' if before == 1 else 'are'}"
    return f"Place {before + 1}: {runs} ahead of it. It starts by itself{when}; you may leave this page."


def _stopped_sentence(run: Run) -> str:
    tested = "" if run.score or not run.step else " Its test follows in a moment."
    return (run.reason or "What it had learnt is kept.") + tested


def _finished_sentence(view: RunView) -> str:
    """Return how it ended where not as planned, and what a score is worth that is no better than no network."""
    ended, score, back = view.last(Ended), view.run.score, view.run.restored
    said = [view.run.reason]
    if ended and ended.early:
        weights = f"; the best weights, from update {back:,}, were restored" if back is not None else ""
        said = [f"Stopped early, as validation stopped improving{weights}."]
    if score is None:
        said.append("Its test follows in a moment.")
    elif score.majority is not None and score.mean_recall is None and score.accuracy <= score.majority:
        said.append("It learnt nothing that helps on the test: naming the largest class every time is as good.")
    return " ".join(filter(None, said))
