"""The agent seen from the server, with programs of a few lines in its place."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.runs.cluster import agent_process as module
from core.runs.cluster.agent import Report, write_report
from core.runs.cluster.agent_process import NO_SEATS, NOT_INSTALLED, SEARCHING, SILENT, AgentProcess
from core.runs.cluster.runner import ClusterRunner
from core.runs.cluster.seats import SeatState
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.training.config import TrainConfig
from tests.support.waiting import wait_until

Start = Callable[[str], AgentProcess]
SEAT = SeatState("seat 1", "one", "", "", 1, None)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    started = []
    monkeypatch.setattr(module, "AGAIN", (0.01, 0.01))
    monkeypatch.setattr(module, "has_ray", lambda: True)

    def begin(program: str) -> AgentProcess:
        agent = AgentProcess(tmp_path, "nowhere:1")
        agent._command = [sys.executable, "-I", "-S", "-c", program]
        started.append(agent)
        agent.start()
        return agent

    yield begin
    for agent in started:
        agent.close()


def says(report: Report) -> str:
    return f"import sys; print({write_report(report)!r}, flush=True); sys.stdin.read()"


def test_what_it_reports_is_what_the_server_says(start: Start) -> None:
    works = start(says(Report((SEAT,), "")))
    wait_until(works.seats)
    assert (works.seats(), works.trouble()) == ((SEAT,), "")
    empty, refused = start(says(Report())), start(says(Report((), "No cluster answers at nowhere:1")))
    wait_until(lambda: empty.trouble() == NO_SEATS)
    wait_until(lambda: refused.trouble() == "No cluster answers at nowhere:1")


def test_one_that_ends_without_a_word_is_started_again_and_the_owner_is_told(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    agent = start(f"open({str(tmp_path / 'starts')!r}, 'a').write('x')")
    assert agent.trouble() == SEARCHING
    wait_until(lambda: len((tmp_path / "starts").read_text()) > 2 if (tmp_path / "starts").exists() else False)
    assert "The cluster at nowhere:1 does not answer. Is Ray running there" in caplog.text
    monkeypatch.setattr(module, "HANGING", 0)
    assert agent.trouble() == SILENT


def test_one_that_ends_before_it_has_read_what_it_was_told_is_started_again(start: Start, tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    agent = start(f"import os, time; os.close(0); open({str(starts)!r}, 'a').write('x'); time.sleep(0.2)")
    wait_until(starts.exists)
    agent.told("a run", stops=False)
    wait_until(lambda: len(starts.read_text()) > 1)


def test_one_that_hangs_is_ended_and_started_again(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HANGING", 0)
    monkeypatch.setattr(module, "FRESH", 0.2)
    start(f"open({str(tmp_path / 'starts')!r}, 'a').write('x'); {says(Report())}")
    wait_until(lambda: (tmp_path / "starts").exists() and len((tmp_path / "starts").read_text()) > 1)


def test_why_a_cluster_cannot_be_used_is_said_while_it_is_tried_again(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = start(says(Report((), "The cluster does not let this server in")))
    wait_until(lambda: agent.trouble() == "The cluster does not let this server in")
    monkeypatch.setattr(module, "FRESH", -1)
    assert agent.trouble() == "The cluster does not let this server in"


def test_without_ray_pages_say_so_and_runs_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "has_ray", lambda: False)
    runner = ClusterRunner(Store(tmp_path / "runs"), AgentProcess(tmp_path, "auto"))
    run = runner.submit(TrainConfig(), Person("me"))
    assert runner.store.queue() == [run]
    assert runner.about() == runner.trouble() == NOT_INSTALLED
    assert "pip install -r requirements-cluster.txt" in caplog.text
    runner.command(run, "stop", Person("me"))
    assert runner.store.queue() == []
    runner.close()
