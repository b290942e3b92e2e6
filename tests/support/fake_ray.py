"""Ray on paper: actors that answer when a test says so."""

import types
from collections.abc import Sequence
from typing import Any


class RayError(Exception): ...


class RayTaskError(RayError):
    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class RayActorError(RayError): ...


class ActorDiedError(RayActorError): ...


class Ref:
    """The answer to a message; a test gives it with `value`, an exception is raised."""

    def __init__(self) -> None:
        self.value: Any = None

    def future(self) -> "Ref":
        return self

    def add_done_callback(self, call: object) -> None: ...


class Actor:
    """An actor; `sent` holds what it was asked, as (method, arguments, answer)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sent: list[tuple[str, tuple[Any, ...], Ref]] = []

    def __getattr__(self, method: str) -> Any:
        def remote(*arguments: Any) -> Ref:
            self.sent.append((method, arguments, Ref()))
            return self.sent[-1][2]

        return types.SimpleNamespace(remote=remote)

    def answer(self, value: Any, method: str = "alive") -> None:
        """Answer all that was asked by one method."""
        for asked, _, ref in self.sent:
            if asked == method and ref.value is None:
                ref.value = value


class FakeRay(types.ModuleType):
    """The module `ray`.

    Attributes:
        resources: of the machines that are there.
        made: every actor, in the order in which they were made.
        killed: (name, whether Ray is to start no other).
    """

    def __init__(self, resources: dict[str, float]) -> None:
        super().__init__("ray")
        self.resources = resources
        self.made: list[Actor] = []
        self.killed: list[tuple[str, bool]] = []
        self.joined = False

    def is_initialized(self) -> bool:
        return self.joined

    def init(self, **_options: Any) -> None:
        self.joined = True

    def cluster_resources(self) -> dict[str, float]:
        return self.resources

    def remote(self, _kind: type) -> Any:
        def options(name: str, **_options: Any) -> Any:
            def make(*_arguments: Any) -> Actor:
                self.made.append(Actor(name))
                return self.made[-1]

            return types.SimpleNamespace(remote=make)

        return types.SimpleNamespace(options=options)

    def wait(self, refs: Sequence[Ref], timeout: float) -> tuple[list[Ref], list[Ref]]:
        return [ref for ref in refs if ref.value is not None], [ref for ref in refs if ref.value is None]

    def get(self, ref: Ref) -> Any:
        if isinstance(ref.value, Exception):
            raise ref.value
        return ref.value

    def kill(self, actor: Actor, no_restart: bool) -> None:
        self.killed.append((actor.name, no_restart))

    def last(self, name: str) -> Actor:
        """Return the actor of a name that was made last."""
        return [actor for actor in self.made if actor.name == name][-1]

    def modules(self) -> dict[str, types.ModuleType]:
        """Return what is to be imported in the place of Ray."""
        actor, exceptions = types.ModuleType("ray.actor"), types.ModuleType("ray.exceptions")
        vars(actor)["ActorHandle"] = Actor
        vars(exceptions).update({one.__name__: one for one in (RayError, RayTaskError, RayActorError, ActorDiedError)})
        return {"ray": self, "ray.actor": actor, "ray.exceptions": exceptions}
