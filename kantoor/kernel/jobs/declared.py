"""Jobs as they are declared, and how one is put in the queue.

@job(title=_("Take in a file"))
def take_in_file(work: Work, /, *, path: str) -> Taken: ...

key = take_in_file.enqueue(actor, path="…")
"""

import inspect
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any, Concatenate, Generic, ParamSpec, get_type_hints

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from kantoor.kernel.actions.registry import department_of
from kantoor.kernel.actors.actor import INSTALLATION, Actor
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.jobs.work import Work

P = ParamSpec("P")


class DeclaredJob(Generic[P]):
    """One kind of job: `kernel.take_in_file` with its parameters."""

    def __init__(
        self,
        function: Callable[Concatenate[Work, P], object],
        title: object,
        quick: bool,
        tries: int,
    ) -> None:
        self.function = function
        self.name = f"{department_of(function.__module__)}.{function.__name__}"
        self.title = title
        self.quick = quick
        self.tries = tries
        self.__doc__ = function.__doc__

    def enqueue(self, actor: Actor, *_: P.args, **parameters: P.kwargs) -> str:
        """Put it in the queue, to be done as this actor; gives the key of the job.

        Within an action it belongs to the transaction: it is done if and only if that commits.
        """
        return self._put(actor, parameters, once="", run_at=timezone.now())

    def enqueue_at(self, run_at: datetime, actor: Actor, *_: P.args, **parameters: P.kwargs) -> str:
        """The same, not before a moment."""
        return self._put(actor, parameters, once="", run_at=run_at)

    def enqueue_once(self, once: str, actor: Actor, *_: P.args, **parameters: P.kwargs) -> str:
        """The same, unless a job of that name waits or runs: then gives that one's key."""
        once = f"{self.name}/{once}"
        try:
            with transaction.atomic():
                return self._put(actor, parameters, once=once, run_at=timezone.now())
        except IntegrityError:
            return Job.objects.filter(once=once).values_list("key", flat=True).latest("id")

    @cached_property
    def shape(self) -> type[msgspec.Struct]:
        """The parameters as a msgspec Struct, made from the signature."""
        hints = get_type_hints(self.function)
        fields: list[Any] = [
            (name, hints[name])
            if each.default is inspect.Parameter.empty
            else (name, hints[name], each.default)
            for name, each in inspect.signature(self.function).parameters.items()
            if each.kind is inspect.Parameter.KEYWORD_ONLY
        ]
        return msgspec.defstruct("Parameters", fields, kw_only=True, forbid_unknown_fields=True)

    def perform(self, work: Work, parameters: str) -> object:
        """Do the work with parameters as they stand in the queue."""
        given = msgspec.json.decode(parameters, type=self.shape)
        named: dict[str, Any] = {name: getattr(given, name) for name in given.__struct_fields__}
        call: Callable[..., object] = self.function
        return call(work, **named)

    def _put(self, actor: Actor, parameters: dict[str, Any], *, once: str, run_at: datetime) -> str:
        given = self.shape(**parameters)
        job = Job.objects.create(
            key=secrets.token_hex(16),
            name=self.name,
            company_id=actor.company_id if actor.company_id != INSTALLATION else None,
            user_id=actor.user_id,
            quick=self.quick,
            once=once,
            parameters=msgspec.json.encode(given).decode(),
            created_at=timezone.now(),
            run_at=run_at,
        )
        return job.key


_jobs: dict[str, DeclaredJob[Any]] = {}


def job(
    *, title: object, quick: bool = False, tries: int = 3
) -> Callable[[Callable[Concatenate[Work, P], object]], DeclaredJob[P]]:
    """Declare a job.

    `quick` ones (seconds at most) never wait behind long ones. After a failure of ours it is
    tried again, `tries` times in all; after a DomainError never, since that would come again.
    A job may be broken off anywhere and begin anew: it finds out by itself what is done.
    """

    def declare(function: Callable[Concatenate[Work, P], object]) -> DeclaredJob[P]:
        declared = DeclaredJob(function, title, quick, tries)
        known = _jobs.get(declared.name)
        same = known is None or known.function.__module__ == function.__module__
        assert same, f"two jobs are called {declared.name}"
        _jobs[declared.name] = declared
        return declared

    return declare


def job_named(name: str) -> DeclaredJob[Any] | None:
    """The declared job of that name."""
    return _jobs.get(name)
