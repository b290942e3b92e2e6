"""The playground of points: what it is told, and what is read back from it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from core.data.csv_files import CsvStyle
from core.data.points.tables import tables
from core.figures.palette import DIVERGING
from core.ui.components.component import component

_show = component("neurons")


def show_playground(key: str, csv: CsvStyle, on_train: Callable[[], None]) -> None:
    """Show the playground; `on_train` is called when a training shall become a run, see `wanted_run`.

    Points are saved in the style `csv`. Settings and points stand in the address, which the browser writes and reads
    by itself.
    """
    _show(
        key=key, data={**_data(), "csv": {"separator": csv.separator, "decimal": csv.decimal}}, on_train_change=on_train
    )


def wanted_run(value: object) -> Mapping[str, Any] | None:
    """Return what the playground has sent for a run, which is untrusted.

    Args:
        value: `st.session_state[key]` of the playground.
    """
    sent = value.get("train") if isinstance(value, Mapping) else None
    return sent if isinstance(sent, Mapping) else None


@cache
def _data() -> dict[str, Any]:
    return {
        "tables": {
            name: {
                "title": table.title,
                "axes": list(table.axes),
                "x1": list(table.x1),
                "x2": list(table.x2),
                "y": list(table.labels),
                "names": list(table.names),
            }
            for name, table in tables().items()
        },
        "palette": DIVERGING[:255].tolist(),
    }
