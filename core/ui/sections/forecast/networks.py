"""The network that forecasts: trained here with these very settings, else the shipped one, else none."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.data.series.coding import encode_values
from core.data.series.series import TimeSeries
from core.inspection.series.forecasting import ForecastSettings, ForecastStudy, shipped_network, study
from core.models.series import Forecaster, SeriesKind
from core.runs.networks import NoNetwork, final_network
from core.runs.store.record import Run
from core.runs.store.store import StoreProblem
from core.training.config import BadConfig
from core.training.tasks.series import OWN, SeriesTask
from core.ui.sections.forecast.state import ForecastState
from core.ui.state.person import person
from core.ui.widgets.run_actions import current_runner

_LOOKED_AT = 200
"""Runs of a person, the newest ones, among which those for this page are looked for."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the page is about just now.

    Attributes:
        state: of the page.
        series: that is forecast.
        settings: of the network.
        task: that a network learns with them.
        network: that forecasts; None where there is none.
        trained_here: whether it was trained by this person.
        found: its forecasts, or those that learn nothing.
        origin: values that are known in the picture.
    """

    state: ForecastState
    series: TimeSeries
    settings: ForecastSettings
    task: SeriesTask
    network: Forecaster | None
    trained_here: bool
    found: ForecastStudy
    origin: int


def shown(state: ForecastState, series: TimeSeries) -> Shown:
    """Return what the page is about: the network for the series and the settings, and its forecasts."""
    settings = state.settings_for(series)
    task = task_of(state, series, settings)
    own = trained_network(task)
    network = own or shipped_network(series.name, settings)
    found = study(series, network, settings.horizon, settings.log)
    return Shown(
        state, series, settings, task, network, own is not None, found, state.origin_in(series, settings.horizon)
    )


def task_of(state: ForecastState, series: TimeSeries, settings: ForecastSettings) -> SeriesTask:
    """Return the task that a network learns with these settings."""
    own = series.name == OWN
    made = {"values": _encoded(series)} if own else {"draw": state.draw, "noise": state.noise}
    task = SeriesTask.model_validate(
        {
            "data": series.name,
            "window": settings.window,
            "horizon": settings.horizon,
            "differencing": settings.differencing,
            "log": settings.log,
            **made,
        }
    )
    return task.with_network(settings.kind)


@lru_cache(maxsize=32)
def _encoded(series: TimeSeries) -> str:
    return encode_values(series.values)


def runs_of(task: SeriesTask) -> dict[SeriesKind, Run]:
    """Return this person's newest run for each kind of network that learns a task, at its horizon or a longer one.

    Raises:
        StoreProblem: the store cannot be read.
    """
    found = dict[SeriesKind, Run]()
    for kind, run in _runs(task):
        found.setdefault(kind, run)
    return found


def _runs(task: SeriesTask) -> Iterator[tuple[SeriesKind, Run]]:
    """Yield this person's runs that learn a task, whatever the kind of their network, the newest first."""
    store = current_runner().store
    for summary in store.summaries(session=person().session, limit=_LOOKED_AT):
        run = store.get(summary.id) if (summary.learns, summary.data) == (task.learns, task.data) else None
        if run is None:
            continue
        try:
            learnt = run.config.task
        except BadConfig:
            continue
        if isinstance(learnt, SeriesTask) and _same(learnt, task):
            yield learnt.network.kind, run


def _same(learnt: SeriesTask, wanted: SeriesTask) -> bool:
    alike = learnt.model_copy(update={"network": wanted.network, "horizon": wanted.horizon})
    return alike == wanted and learnt.horizon >= wanted.horizon


def trained_network(task: SeriesTask) -> Forecaster | None:
    """Return the network that this person last trained for a task, or None; what cannot be read is passed over."""
    try:
        usable = (run for kind, run in _runs(task) if kind == task.network.kind and run.usable)
        run = next(usable, None)
        network = final_network(current_runner().store, run) if run is not None else None
    except (StoreProblem, NoNetwork):
        return None
    return network if isinstance(network, Forecaster) else None
