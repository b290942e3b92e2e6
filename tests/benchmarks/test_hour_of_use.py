"""Whether the memory of a server stays the same over an hour in which people come, click, train and go."""

import asyncio
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.runs.store.store import Store
from core.training.recipes import RECIPES
from core.ui.page_registry import PAGES
from tests.support.class_sessions import Session, hold_class
from tests.support.serving import private_memory, running_app
from tests.support.visitors import Visitor

MINUTES = 60
SESSIONS = 20
GROWTH = 1.05
"""How much more the least of the last ten minutes may be than that of the second ten; in the first, all is opened once.
The least, because a training takes more while it goes on, and garbage of a busy server waits a minute."""

pytestmark = [pytest.mark.benchmark, pytest.mark.long, pytest.mark.timeout(60 * (2 * MINUTES + 5))]


async def use(address: str) -> list[Session]:
    """Have every page opened, and then four of them used by people who come, stay for 45 s and go."""
    for entry in PAGES.values():
        visitor = Visitor(address, entry.url_path)
        async with visitor.on_page():
            assert not visitor.failed, (entry.name, visitor.failed)
    return await hold_class(address, SESSIONS, 45, pause=(2, 8))


def test_memory_stays_the_same(tmp_path: Path) -> None:
    store, ends = Store(tmp_path / "runs"), time.monotonic() + 60 * MINUTES
    taken: list[float] = []  # MB, minute by minute
    answers = 0
    with running_app(tmp_path) as address, ThreadPoolExecutor(1) as pool:
        urllib.request.urlopen(address).close()
        while time.monotonic() < ends:
            run = store.create(RECIPES["fast"].config, f"somebody {len(taken)}")
            everybody = pool.submit(lambda: asyncio.run(use(address))).result()
            assert not [problem for session in everybody for problem in session.failed]
            answers += sum(len(session.times) for session in everybody)
            record = store.get(run)
            assert record
            assert record.active or record.usable, record.status
            taken.append(private_memory(address))
            print(f"{len(taken)}: {taken[-1]:.0f} MB, {answers} answers, the run is {record.status}", flush=True)
    early, late = min(taken[10:20]), min(taken[-10:])
    print(f"{answers} answers, {len(taken)} trainings; {early:.0f} MB in the second ten minutes, then {late:.0f}")
    assert late <= GROWTH * early
