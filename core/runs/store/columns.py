"""A run as columns: plain values and JSON. The database and the file of a recorded run hold this form."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from core.runs.store.record import Run, RunSummary, Setup, learns
from core.training.task import Score

PLAIN = (
    *("id", "session", "title", "status", "reason", "created", "ended", "device", "step", "epoch", "seconds"),
    *("total_steps", "restored", "sweep", "parent"),
)
JSON = ("config", "about", "score", "tags")
SUMMARY = (
    "id, session, title, tags, status, created, ended, step, total_steps, epoch, seconds, score, sweep, parent, "
    "CAST(json_extract(about, '$.parameters') AS INTEGER), json_extract(config, '$.task.data'), "
    "json_extract(config, '$.task.network.kind'), coalesce(json_extract(config, '$.task.learns'), 'images')"
)
"""SQL for the fields of `RunSummary`, in order: thousands are listed without reading whole configurations."""

_SETUP, _SCORE = TypeAdapter(Setup), TypeAdapter(Score | None)


def to_columns(run: Run) -> dict[str, Any]:
    """Return a run as columns, those of `JSON` as JSON has them."""
    return {
        **{name: getattr(run, name) for name in PLAIN},
        "config": run.raw_config,
        "about": asdict(run.setup),
        "score": run.score and asdict(run.score),
        "tags": run.tags,
    }


def from_columns(columns: Mapping[str, Any]) -> Run:
    """Return the run of some columns; the reverse of `to_columns`."""
    config, setup = columns["config"], _SETUP.validate_python(columns["about"])
    task = config.get("task", {})
    return Run(
        **{name: columns[name] for name in PLAIN},
        raw_config=config,
        setup=setup,
        score=_SCORE.validate_python(columns["score"]),
        tags=tuple(columns["tags"]),
        parameters=setup.parameters,
        data=task.get("data"),
        network=task.get("network", {}).get("kind"),
        learns=learns(config),
    )


def from_row(row: tuple[Any, ...]) -> Run:
    """Return the run of a row of the database with the columns `PLAIN` and `JSON`."""
    columns = dict(zip((*PLAIN, *JSON), row, strict=True))
    return from_columns(columns | {name: json.loads(columns[name] or "null") for name in JSON})


def summary_from_row(row: tuple[Any, ...]) -> RunSummary:
    """Return the summary of a row of the database with the columns `SUMMARY`."""
    values = list(row)
    values[3] = tuple(json.loads(values[3]))
    values[11] = _SCORE.validate_json(values[11]) if values[11] else None
    return RunSummary(*values)
