"""Up to five runs side by side: scores with their uncertainty, curves, and the settings in which they differ."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

import streamlit as st

from core.course.live import RunsCompared
from core.figures.comparison import COLOURS
from core.figures.percent import exact_percent
from core.inspection.proportions import Share, share
from core.models.images.design import ImpossibleShape, count_multiply_adds
from core.runs.store.record import Run
from core.runs.store.rights import Person
from core.runs.store.watching import watch
from core.training.config import BadConfig
from core.training.differences import differences, group_by_seed
from core.training.events import LearningRateChange
from core.ui.plain_text import plain
from core.ui.sections.runs.overlaid_curves import SeedGroup, show_curves
from core.ui.sections.runs.run_list import data_title, majority_columns
from core.ui.sections.runs.state import COMPARED, RunsState
from core.ui.state.lesson import report
from core.ui.widgets.run_actions import current_runner, run_label
from core.ui.widgets.sections import controlled
from core.ui.widgets.tables import number_column, percent_column, show_table, text_column

OFFERED = 200
"""Runs that are offered by name."""


def show_comparison(state: RunsState, me: Person) -> None:
    """Show the runs that are compared, and how they differ.

    Raises:
        StoreProblem: the store cannot be read.
    """
    _choose(state, me)
    found = _load(state)
    if len(found) < 2:
        st.info(
            "Choose two to five runs that have begun to learn: here, or in the table under “All runs”. "
            "Two runs of the same settings with different seeds show how much is chance.",
            icon=":material/info:",
        )
    if not found:
        return
    tests = tuple(one.score.accuracy if one.score else None for one in found)
    report(lambda: RunsCompared(tuple(one.title for one in found), tests))
    ids = group_by_seed({run.id: run.config for run in found})
    by_id = {run.id: run for run in found}
    marks = mark_test_data(found)
    groups = [
        SeedGroup(
            runs := tuple(by_id[run] for run in group), f"{_group_name(runs)}{_behind(marks, runs[0])}", COLOURS[place]
        )
        for place, group in enumerate(ids)
    ]
    _scores(found, marks)
    for group in groups:
        if len(group.runs) > 1:
            st.markdown(_spread_words(group))
    show_curves(groups)
    if marks:
        st.caption(
            "Curves with different letters are from different data: their height says nothing about the networks."
        )
    _differences(found)


def _choose(state: RunsState, me: Person) -> None:
    offered = [one for one in current_runner().store.summaries(limit=OFFERED) if one.step]
    titles = {one.id: run_label(one) for one in sorted(offered, key=lambda one: one.session != me.session)}
    there = {run: record for run in state.compared if (record := current_runner().store.get(run)) is not None}
    titles |= {run: run_label(record) for run, record in there.items()}
    gone = len(state.compared) - len(there)
    if gone:
        state.notice = f"{gone} of the runs in this link {'is' if gone == 1 else 'are'} not on this server."
    state.compared = tuple(there)

    def choose(runs: list[str]) -> None:
        state.compared = tuple(runs)[:COMPARED]

    controlled(
        st.multiselect,
        "Runs",
        list(titles),
        value=list(state.compared),
        on_change=choose,
        key="runs-compared",
        format_func=lambda run: titles.get(run, run),
        max_selections=COMPARED,
        help="Two to five runs; yours are offered first. The table under “All runs” has all of them.",
    )


def _load(state: RunsState) -> list[Run]:
    found = []
    for run in state.compared:
        record = current_runner().store.get(run)
        try:
            if record is not None:
                _ = record.config  # settings of another version are refused here
                found.append(record)
        except BadConfig:
            state.notice = (
                f"“{record.title if record else run}” was made with settings that this version does not know."
            )
    return found


def mark_test_data(found: Sequence[Run]) -> dict[str, str]:
    """Return a letter for the test data of every run, by its id; none at all where all runs have the same."""
    of = {run.id: (run.config.task.tested_on, run.score.cases if run.score else None) for run in found}
    # A run without a score yet belongs to those of the same data that have one.
    scored = {tested_on: cases for tested_on, cases in of.values() if cases}
    keys = {run: (tested_on, cases or scored.get(tested_on)) for run, (tested_on, cases) in of.items()}
    letters = dict(zip(dict.fromkeys(keys.values()), ascii_uppercase, strict=False))
    return {run: letters[key] for run, key in keys.items()} if len(letters) > 1 else {}


def _behind(marks: Mapping[str, str], run: Run) -> str:
    return f" (data {marks[run.id]})" if marks else ""


def _group_name(group: Sequence[Run]) -> str:
    return run_label(group[0]) if len(group) == 1 else f"{group[0].title} ({len(group)} runs)"


def score_of(run: Run) -> Share | None:
    """Return the final score of a run with its interval, or None before it has one."""
    if not run.score or not run.score.cases:
        return None
    return share(run.score.correct, run.score.cases)


def _scores(found: Sequence[Run], marks: Mapping[str, str]) -> None:
    scores = [score_of(one) for one in found]
    counted_help = "For one picture; only those of the weights, as is usual."
    columns = {
        "run": text_column("Run", [run_label(one) for one in found], width="medium"),
        **({"data": text_column("Test data", [_test_data(run, marks) for run in found])} if marks else {}),
        "accuracy": percent_column("Test accuracy", [getattr(score, "value", None) for score in scores]),
        "low": percent_column(
            "from", [getattr(score, "low", None) for score in scores], "Lower end of the 95 % interval."
        ),
        "high": percent_column(
            "to", [getattr(score, "high", None) for score in scores], "Upper end of the 95 % interval."
        ),
        **majority_columns(found),
        "cases": number_column("Test cases", [getattr(score, "cases", None) for score in scores]),
        "seconds": number_column("Seconds", [one.seconds for one in found], "%.1f", "Spent on updates."),
        "updates": number_column("Updates", [one.step for one in found]),
        "parameters": number_column("Parameters", [one.parameters for one in found], help="Learnt numbers."),
        "work": number_column("Multiply-adds", [_work(one) for one in found], help=counted_help),
    }
    show_table(columns, key="runs-scores", alt="Scores, time and size of the runs that are compared")
    if marks:
        st.warning(
            "These runs are scored on different test data, so their accuracies cannot be ranked: one test may be "
            "easier than another. Compare runs with the same letter under “Test data”.",
            icon=":material/balance:",
        )
        return
    known = [score for score in scores if score is not None]
    if len(known) > 1:
        apart = max(one.low for one in known) > min(one.high for one in known)
        st.caption(
            "The 95\xa0% intervals (Wilson) say how far chance in the choice of test cases can reach; chance in the "
            "training comes on top, and other seeds show it. "
            + (
                "At least two intervals here do not overlap."
                if apart
                else "All intervals here overlap. That alone does not make the runs equally good: they answered the "
                "same test cases, and what counts is how often one is right where another is wrong."
            )
        )


def _test_data(run: Run, marks: Mapping[str, str]) -> str:
    return f"{marks[run.id]}: {'; '.join(run.setup.notes) or data_title(run.data)}"


def _work(run: Run) -> int | None:
    try:
        return count_multiply_adds(run.config.images.network, len(run.setup.outputs) or 10)
    except (ImpossibleShape, BadConfig):
        return None


def _spread_words(group: SeedGroup) -> str:
    as_set = [run for run in group.runs if run.status == "finished" and not _was_steered(run)]
    scores = [score.value for run in as_set if (score := score_of(run)) is not None]
    seeds = {run.config.training.seed for run in group.runs}
    same = "differ in their seed alone" if len(seeds) > 1 else "have the same settings, the seed too"
    words = f"**{plain(group.name)}** {same}"
    if apart := sum(not run.active for run in group.runs) - len(as_set):
        words += f" ({apart} of them, ended early or steered by hand, {'is' if apart == 1 else 'are'} not counted)"
    if len(scores) < 2:
        return f"{words}: their curves are drawn as one, with a band from the lowest to the highest."
    mean = sum(scores) / len(scores)
    deviation = (sum((one - mean) ** 2 for one in scores) / (len(scores) - 1)) ** 0.5
    return (
        f"{words}: test accuracy **{exact_percent(mean, 2)}** on average, {100 * min(scores):.2f} to "
        f"{exact_percent(max(scores), 2)}, standard deviation {100 * deviation:.2f} points. A difference between "
        "settings no larger than that may be chance."
    )


def _was_steered(run: Run) -> bool:
    """Whether somebody changed the learning rate on the way: then its settings do not say how it was trained."""
    view = watch(current_runner().store, run.id)
    return view is not None and view.last(LearningRateChange) is not None


def _differences(found: Sequence[Run]) -> None:
    if len(found) < 2:
        return
    st.header("What is different", help="Only the settings that are not the same in all of these runs.")
    different = differences([run.config for run in found])
    if not different:
        st.caption("Nothing: all settings are the same, the seed too.")
        return
    columns = {"setting": text_column("Setting", [name.replace("_", " ") for name in different], pinned=True)}
    for place, one in enumerate(found):
        header = " ".join(run_label(one).split()) or "-"  # a heading is no Markdown
        columns[str(place)] = text_column(header, [values[place] for values in different.values()])
    show_table(columns, key="runs-differences", alt="The settings in which these runs differ")
