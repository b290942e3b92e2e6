"""The cluster as Ray runs it. The one module that knows Ray.

Seats and desk are detached actors with names, so they outlive the server that made them, and every server finds them.
Actors, not tasks: the caller of an actor hears within seconds that its machine is gone, the owner of a task within
minutes; and an actor stays warm.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ray
from ray.actor import ActorHandle
from ray.exceptions import ActorUnavailableError, RayActorError, RayError, RayTaskError

from core.paths import ROOT
from core.runs.cluster.desk import StoreDesk
from core.runs.cluster.seat import LIMITS, Brings, Seat
from core.runs.cluster.seats import Cluster, Departure, SeatState, seat_name
from core.runs.store.attempt_rows import Attempt
from core.runs.store.database import StoreProblem
from core.runs.workers.processes import ENVIRONMENT
from core.settings import settings

log = logging.getLogger(__name__)

NAMESPACE = "playground"
SLOT = "trainer"
"""The resource of a machine that says how many trainings it takes on its CPU."""
HEAD = "node:__internal_head__"
"""The resource by which Ray knows its head."""
ASKED = 0.5
"""Seconds between two questions to a seat, or to the desk, how it is."""
FRESH = 3.0
"""Seconds for which an answer counts."""
COUNTED = 2.0
"""Seconds between two counts of the machines."""
CONNECTED = 10.0
"""Seconds between two tries to reach a cluster that does not answer."""
NO_DESK = 60.0
"""Seconds for which a seat tries to reach the desk."""
LEFT_AT_HOME = [".git", "node_modules", "tests", "findings", "docs", ".venv", "__pycache__", "*.pyc"]
"""What machines that train do not need."""


class _Line(Brings):
    """A seat's way to the desk, for one attempt."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._desk: ActorHandle | None = None

    def ask(self, method: str, *arguments: Any) -> Any:
        """Return what a method of the store gives for this run."""
        return self._call(lambda desk, again: desk.ask.remote(self._attempt, method, arguments, again))

    def file(self, method: str, *arguments: Any) -> Any:
        """Return what a method of the run's files gives."""
        return self._call(lambda desk, _: desk.file.remote(self._attempt, method, arguments))

    def brought(self) -> dict[str, bytes]:
        """Return the files that people have brought and this run learns from."""
        files: dict[str, bytes] = self._call(lambda desk, _: desk.brought.remote(self._attempt))
        return files

    def _call(self, message: Callable[[Any, bool], Any]) -> Any:
        again, deadline = False, time.monotonic() + NO_DESK
        while True:
            try:
                self._desk = self._desk or ray.get_actor("desk", NAMESPACE)
                return ray.get(message(self._desk, again))
            except RayTaskError as error:
                raise error.cause from None
            except (RayActorError, ActorUnavailableError, ValueError):  # it ended, and another takes its place
                self._desk, again = None, True
                if time.monotonic() > deadline:
                    raise StoreProblem("The desk of the cluster cannot be reached.") from None
                time.sleep(0.1)


class SeatActor(Seat):
    """A seat in a process of Ray."""

    def __init__(self, name: str) -> None:
        super().__init__(name, ray.get_runtime_context().get_node_id(), _Line)


class RayCluster(Cluster):
    """Seats and desk on the machines of a Ray cluster.

    Args:
        home: of the playground, on the head of the cluster.
        address: of the cluster, as `ray.init` takes it.

    Attributes:
        on_news: called, in another thread, when a training has ended.
    """

    def __init__(self, home: Path, address: str) -> None:
        self._home, self._address = home, address
        self.on_news: Callable[[], None] = lambda: None
        self._lock = threading.RLock()
        self._desk: ActorHandle | None = None
        self._seats: dict[str, ActorHandle] = {}
        self._states: dict[str, tuple[SeatState, float]] = {}
        self._questions: dict[str, tuple[Any, float]] = {}
        self._desk_answered = 0.0
        self._trainings: dict[Attempt, tuple[str, Any]] = {}
        self._last_count, self._last_try = -COUNTED, -CONNECTED

    # -- machines ------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Find the desk and the seats, and make those that are missing."""
        with self._lock:
            now = time.monotonic()
            if not ray.is_initialized():
                if now - self._last_try < CONNECTED:
                    return
                self._last_try = now
                if not self._join():
                    return
            if now - self._last_count >= COUNTED:
                self._last_count = now
                with _patience("The machines of the cluster could not be counted"):
                    self._furnish(ray.cluster_resources())

    def _join(self) -> bool:
        chosen = settings()
        code = {"working_dir": str(ROOT), "excludes": LEFT_AT_HOME} if chosen.cluster_code == "sent" else {}
        try:
            ray.init(
                address=self._address,
                namespace=NAMESPACE,
                runtime_env={**code, "env_vars": dict(ENVIRONMENT)},
                log_to_driver=False,
                configure_logging=False,
            )
        except Exception as problem:  # noqa: BLE001 - Ray raises many kinds: no cluster, a wrong token, another version
            log.warning("The cluster at %s cannot be reached: %s", self._address, str(problem).splitlines()[0])
            return False
        self._desk, self._seats = None, {}
        return True

    def _furnish(self, resources: Mapping[str, float]) -> None:
        """Have a desk, and a seat for every slot of the machines that are there."""
        chosen = settings()
        if self._desk is None:
            options = {"max_restarts": -1, "max_concurrency": 16, "num_cpus": 0, "resources": {HEAD: 0.001}}
            self._desk = _actor(StoreDesk, "desk", options, str(self._home), chosen.database.get_secret_value())
        share = chosen.seats_per_gpu
        wanted: dict[str, dict[str, Any]] = {}
        for number in range(int(resources.get("GPU", 0)) * share):
            wanted[seat_name(number + 1, gpu=True)] = {"num_gpus": 1 / share}
        for number in range(int(resources.get(SLOT, 0))):
            wanted[seat_name(number + 1, gpu=False)] = {"resources": {SLOT: 1}}
        for name, place in wanted.items():
            if name not in self._seats:
                options = {"max_restarts": -1, "max_concurrency": 3, "num_cpus": 0, **place}
                self._seats[name] = _actor(SeatActor, name, options, name)

    # -- how they are --------------------------------------------------------------------------------

    def seats(self) -> Sequence[SeatState]:
        """Return the seats that have answered within the last seconds."""
        with self._lock:
            self._listen()
            now = time.monotonic()
            return [state for state, answered in self._states.values() if now - answered <= FRESH]

    def desk_answers(self) -> bool:
        """Whether the desk has answered within the last seconds."""
        with self._lock:
            self._listen()
            return time.monotonic() - self._desk_answered <= FRESH

    def _listen(self) -> None:
        """Take the answers that have come, and ask again."""
        now = time.monotonic()
        for name, (question, asked) in list(self._questions.items()):
            answered, state = _answer(question)
            if not answered:
                continue
            del self._questions[name]
            if name == "desk":
                self._desk_answered = now if state else 0.0
            elif isinstance(state, SeatState):
                self._states[name] = state, asked
            else:
                self._states.pop(name, None)
        for name, actor in {"desk": self._desk, **self._seats}.items():
            if actor is not None and name not in self._questions and self._due(name, now):
                with _patience("A seat could not be asked"):
                    self._questions[name] = actor.alive.remote(), now

    def _due(self, name: str, now: float) -> bool:
        answered = self._desk_answered if name == "desk" else self._states.get(name, (None, 0.0))[1]
        return now - answered >= ASKED

    # -- what they do --------------------------------------------------------------------------------

    def train(self, seat: str, attempt: Attempt) -> None:
        """Let a seat train a run."""
        with self._lock, _patience("A seat could not be given its run"):
            chosen = settings()
            limits = {name: str(getattr(chosen, name.removeprefix("PLAYGROUND_").lower())) for name in LIMITS}
            training = self._seats[seat].train.remote(attempt, limits)
            self._trainings[attempt] = seat, training
            training.future().add_done_callback(lambda _: self.on_news())

    def tell(self, seat: str, attempt: Attempt) -> None:
        """Tell a seat that its run has a command."""
        with self._lock, _patience("A seat could not be told of a command"):
            if seat in self._seats:
                self._seats[seat].lever.remote(attempt)

    def end(self, seat: str) -> None:
        """End the process of a seat; Ray starts another in its place."""
        with self._lock, _patience("A seat could not be ended"):
            self._states.pop(seat, None)
            if seat in self._seats:
                ray.kill(self._seats[seat], no_restart=False)

    def departures(self) -> Sequence[Departure]:
        """Return the attempts whose seats have died since the last question."""
        found = []
        with self._lock:
            for attempt, (seat, training) in list(self._trainings.items()):
                if not ray.wait([training], timeout=0)[0]:
                    continue
                del self._trainings[attempt]
                self._states.pop(seat, None)  # ask it again now
                try:
                    ray.get(training)
                except RayTaskError as error:
                    found.append(Departure(attempt, f"Its process failed: {error.cause}."))
                except RayError:
                    found.append(Departure(attempt, "Its process died."))
        return found


def _actor(kind: type, name: str, options: Mapping[str, Any], *arguments: Any) -> ActorHandle:
    """Return the actor of a name, and make it where there is none."""
    remote: Any = ray.remote(kind)
    return remote.options(name=name, lifetime="detached", get_if_exists=True, **options).remote(*arguments)


def _answer(question: Any) -> tuple[bool, Any]:
    """Return whether a question is answered, and the answer; None where it ended in an error."""
    ready, _ = ray.wait([question], timeout=0, fetch_local=True)
    if not ready:
        return False, None
    try:
        return True, ray.get(question)
    except RayTaskError as error:
        log.warning("A seat failed: %s", error.cause)
    except RayError:  # it is gone, and another takes its place
        pass
    return True, None


@contextlib.contextmanager
def _patience(what: str) -> Any:
    """Log what goes wrong with Ray instead of raising it: the next look tries again."""
    try:
        yield
    except (RayError, ValueError, RuntimeError, ConnectionError) as problem:
        log.warning("%s: %s", what, str(problem).splitlines()[0] if str(problem) else type(problem).__name__)
