"""The cluster as Ray runs it. The one module that knows Ray.

Seats and desk are detached actors with names, so they outlive the server that made them, and every server finds them.
Actors, not tasks: the caller of an actor hears within seconds that its machine is gone, the owner of a task within
minutes; and an actor stays warm.
"""

import contextlib
import logging
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ray
from ray.actor import ActorHandle
from ray.exceptions import ActorDiedError, RayActorError, RayError, RayTaskError

from core.paths import ROOT
from core.runs.cluster.agent_process import SILENT
from core.runs.cluster.desk import StoreDesk
from core.runs.cluster.pulse import ASKED, FRESH, Pulse
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
COUNTED = 2.0
"""Seconds between two counts of the machines."""
CONNECTED = 10.0
"""Seconds between two tries to reach a cluster that does not answer."""
REFUSED = 60.0
"""The same for one that does not let this server in: Ray itself tries for 20 s each time, and logs every second."""
MADE = 10.0
"""Seconds between two tries to make the same seat: one that cannot start must not keep a machine busy."""
NO_DESK = 60.0
"""Seconds for which a seat tries to reach the desk."""
CURRENT = Path(tempfile.gettempdir(), "ray", "ray_current_cluster")
"""Where `ray start` leaves the address that "auto" stands for; it stays there when Ray is killed."""
DESK = "desk"
"""The name of the desk among the actors."""
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
        away_since: float | None = None
        while True:
            try:
                self._desk = self._desk or ray.get_actor(DESK, NAMESPACE)
                return ray.get(message(self._desk, away_since is not None))
            except RayTaskError as error:
                raise error.cause from None
            except (RayActorError, ValueError):  # it ended, and another takes its place
                self._desk, away_since = None, away_since or time.monotonic()
                if time.monotonic() - away_since > NO_DESK:
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
        trouble: why the cluster cannot be used, as a sentence without its full stop; empty where it can.
    """

    def __init__(self, home: Path, address: str) -> None:
        self._home, self._address = home, address
        self.on_news: Callable[[], None] = lambda: None
        self.trouble = ""
        self._lock = threading.RLock()
        self._actors: dict[str, Any] = {}
        self._made: dict[str, float] = {}
        self._pulses: dict[str, Pulse] = {}
        self._questions: dict[str, Any] = {}
        self._states: dict[str, SeatState] = {}
        self._trainings: dict[Attempt, tuple[str, Any]] = {}
        self._next_try = 0.0
        self._last_count, self._last_listened = -COUNTED, 0.0

    # -- machines ------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Find the desk and the seats, and make those that are missing."""
        with self._lock:
            now = time.monotonic()
            if not ray.is_initialized() and (now < self._next_try or not self._join()):
                return
            if now - self._last_count >= COUNTED:
                self._last_count = now
                with _patience("The machines of the cluster could not be counted"):
                    self._furnish(ray.cluster_resources())

    def _join(self) -> bool:
        for known in (self._actors, self._made, self._pulses, self._questions, self._states, self._trainings):
            known.clear()
        chosen = settings()
        self._next_try = time.monotonic() + CONNECTED
        where = _meaning(self._address)
        if where and not _listens(where):  # Ray itself would try for more than a minute
            self._refuse(SILENT, f"PLAYGROUND_CLUSTER={self._address}: nothing answers there.")
            return False
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
            reason = (str(problem).splitlines() or [type(problem).__name__])[0].rstrip(".")
            if not where:
                self._refuse(SILENT, f"PLAYGROUND_CLUSTER={self._address}: {reason}.")
                return False
            self._next_try = time.monotonic() + REFUSED
            hint = "Has this server the token of the cluster, and the same versions of Ray and Python?"
            self._refuse("The cluster does not let this server in", f"{self._address}: {reason}. {hint}")
            return False
        return True

    def _refuse(self, trouble: str, details: str) -> None:
        """Note why the cluster cannot be used; the owner of the server is told once, with details."""
        if trouble != self.trouble:
            log.warning("%s. %s It is tried again.", trouble, details)
        self.trouble = trouble

    def _furnish(self, resources: Mapping[str, float]) -> None:
        """Have a desk, and a seat for every slot of the machines that are there.

        Ray starts the desk again when it ends, for there may be no server to do so. It does not start a seat again:
        of the end of an actor that it would start again, Ray tells only after 1 to 2 s, of any other at once.
        """
        chosen = settings()
        options = {"max_restarts": -1, "max_concurrency": 16, "resources": {HEAD: 0.001}}
        self._have(StoreDesk, DESK, options, str(self._home), chosen.database.get_secret_value())
        share = chosen.seats_per_gpu
        wanted: dict[str, dict[str, Any]] = {}
        for number in range(int(resources.get("GPU", 0)) * share):
            wanted[seat_name(number + 1, gpu=True)] = {"num_gpus": 1 / share}
        for number in range(int(resources.get(SLOT, 0))):
            wanted[seat_name(number + 1, gpu=False)] = {"resources": {SLOT: 1}}
        for name, place in wanted.items():
            self._have(SeatActor, name, {"max_concurrency": 3, **place}, name)

    def _have(self, kind: type, name: str, options: Mapping[str, Any], *arguments: Any) -> None:
        """Find the actor of a name, or make it where there is none."""
        now = time.monotonic()
        if name not in self._actors and now - self._made.get(name, -MADE) >= MADE:
            self._made[name], self._pulses[name] = now, Pulse()
            remote: Any = ray.remote(kind)
            detached = remote.options(name=name, lifetime="detached", get_if_exists=True, num_cpus=0, **options)
            self._actors[name] = detached.remote(*arguments)

    def _drop(self, name: str) -> None:
        """Forget an actor that is gone, and make another soon."""
        for known in (self._actors, self._questions, self._states):
            known.pop(name, None)
        self._last_count = -COUNTED

    # -- how they are --------------------------------------------------------------------------------

    def seats(self) -> Sequence[SeatState]:
        """Return the seats that have answered within the last seconds."""
        with self._lock:
            self._listen()
            now = time.monotonic()
            known = {} if self.trouble else self._states
            return [state for name, state in known.items() if self._pulses[name].is_fresh(now)]

    def desk_answers(self) -> bool:
        """Whether the desk has answered within the last seconds."""
        with self._lock:
            self._listen()
            return not self.trouble and DESK in self._actors and self._pulses[DESK].is_fresh(time.monotonic())

    def _listen(self) -> None:
        """Take the answers that have come, ask again, and end what hangs."""
        now, before, self._last_listened = time.monotonic(), self._last_listened, time.monotonic()
        for name, actor in list(self._actors.items()):
            pulse, question = self._pulses[name], self._questions.get(name)
            if question is not None and ray.wait([question], timeout=0)[0]:
                self._take_answer(name, pulse, self._questions.pop(name), now)
            elif pulse.asked is not None and now - before > FRESH:
                pulse.asked = now  # this process was held up itself
            elif pulse.hangs(now):
                log.warning("%s has not answered for %.0f s: its process is ended.", name, now - (pulse.asked or now))
                self._end(name)
            if name in self._actors and pulse.is_due(now):
                with _patience(f"The {name} could not be asked"):
                    self._questions[name], pulse.asked = actor.alive.remote(), now

    def _take_answer(self, name: str, pulse: Pulse, question: Any, now: float) -> None:
        try:
            state = ray.get(question)
        except ActorDiedError as error:  # it does not come back
            if not pulse.has_answered:
                log.warning("%s could not start: %s", name, str(error).strip().splitlines()[-1])
            self._drop(name)
        except RayError as error:
            if isinstance(error, RayTaskError):
                log.warning("%s failed: %s", name, error.cause)
            self._states.pop(name, None)
            self._pulses[name] = Pulse()
        else:
            pulse.answer(now)
            if isinstance(state, SeatState):
                self._states[name] = state
            elif state == str(self._home):
                self.trouble = ""
            else:
                self._refuse(
                    "The cluster trains for another server", f"Its PLAYGROUND_HOME is {state}, here it is {self._home}."
                )

    def _ask_now(self, name: str) -> None:
        for known in (self._questions, self._states):
            known.pop(name, None)
        if name in self._actors:
            pulse = self._pulses[name]
            pulse.asked, pulse.answered = None, min(pulse.answered, time.monotonic() - ASKED)

    def _end(self, name: str) -> None:
        """End the process of an actor; another takes its place."""
        ray.kill(self._actors[name], no_restart=name != DESK)
        if name == DESK:
            self._pulses[name] = Pulse()
            self._questions.pop(name, None)
        else:
            self._drop(name)

    # -- what they do --------------------------------------------------------------------------------

    def train(self, seat: str, attempt: Attempt) -> None:
        """Let a seat train a run."""
        with self._lock, _patience("A seat could not be given its run"):
            chosen = settings()
            limits = {name: str(getattr(chosen, name.removeprefix("PLAYGROUND_").lower())) for name in LIMITS}
            training = self._actors[seat].train.remote(attempt, limits)
            self._trainings[attempt] = seat, training
            training.future().add_done_callback(lambda _: self.on_news())

    def tell(self, seat: str, attempt: Attempt) -> None:
        """Tell a seat that its run has a command."""
        with self._lock, _patience("A seat could not be told of a command"):
            if seat in self._actors:
                self._actors[seat].lever.remote(attempt)

    def end(self, seat: str) -> None:
        """End the process of a seat; another takes its place."""
        with self._lock, _patience("A seat could not be ended"):
            if seat in self._actors:
                self._end(seat)

    def departures(self) -> Sequence[Departure]:
        """Return the attempts whose seats have died since the last question."""
        found = []
        with self._lock:
            for attempt, (seat, training) in list(self._trainings.items()):
                if not ray.wait([training], timeout=0)[0]:
                    continue
                del self._trainings[attempt]
                try:
                    ray.get(training)
                except RayTaskError as error:
                    found.append(Departure(attempt, f"Its process failed: {error.cause}."))
                except RayError as error:
                    found.append(Departure(attempt, "Its process died."))
                    if isinstance(error, ActorDiedError):
                        self._drop(seat)
                self._ask_now(seat)
        return found


def _meaning(address: str) -> str:
    """Return what the address of a cluster stands for; empty where only Ray may know."""
    if address != "auto":
        return address
    with contextlib.suppress(OSError):
        return os.environ.get("RAY_ADDRESS") or CURRENT.read_text().strip()
    return ""


def _listens(address: str) -> bool:
    """Whether something listens at an address."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=3):
            return True
    except (OSError, ValueError):
        return False


@contextlib.contextmanager
def _patience(what: str) -> Any:
    """Log what goes wrong with Ray instead of raising it: the next look tries again."""
    try:
        yield
    except (RayError, ValueError, RuntimeError, ConnectionError) as problem:
        log.warning("%s: %s", what, str(problem).splitlines()[0] if str(problem) else type(problem).__name__)
