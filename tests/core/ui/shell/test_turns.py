"""Scripts take turns: a few at once, the others as they came, and nobody waits for long."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from core.ui.shell.turns import Turns, take_turns
from tests.support.waiting import wait_until


@pytest.mark.parametrize("at_once", [1, 2])
def test_turns_are_handed_on_in_the_order_of_arrival(at_once: int) -> None:
    turns, order, most, now = Turns(at_once, patience=60), [], [0], [0]
    gate, lock = threading.Event(), threading.Lock()

    def script(number: int) -> None:
        with turns.take():
            with lock:
                order.append(number)
                now[0] += 1
                most[0] = max(most[0], now[0])
            assert gate.wait(60)
            with lock:
                now[0] -= 1

    with ThreadPoolExecutor(12) as pool:
        running = []
        for number in range(12):
            running.append(pool.submit(script, number))
            wait_until(lambda at=number: len(order) + len(turns._waiting) == at + 1)
        assert order == list(range(at_once)) and len(turns._waiting) == 12 - at_once
        gate.set()
        for one in running:
            one.result(60)
    assert sorted(order) == list(range(12)) and most == [at_once]
    assert at_once > 1 or order == list(range(12))  # two that run at once may note their numbers either way round
    assert not turns._waiting and turns._running == 0


def test_a_script_that_takes_long_stops_nobody() -> None:
    turns = Turns(at_once=1, patience=0.01)
    with turns.take(), ThreadPoolExecutor(1) as pool:

        def script() -> str:
            with turns.take():
                return "answered"

        assert pool.submit(script).result(60) == "answered"
        assert not turns._waiting and turns._running == 1
    assert turns._running == 0


def test_a_script_that_fails_hands_its_turn_on() -> None:
    turns = Turns(at_once=1, patience=60)
    for _ in range(3):
        try:
            with turns.take():
                raise ValueError
        except ValueError:
            pass
    assert turns._running == 0


def test_streamlit_still_runs_scripts_where_turns_are_taken() -> None:
    """If this fails with a new Streamlit, find what runs a script in its thread, and wrap that in `turns`."""
    take_turns()
    take_turns()
    assert hasattr(ScriptRunner._run_script, "__wrapped__")
    assert not hasattr(ScriptRunner._run_script.__wrapped__, "__wrapped__")
