"""The one door to read: `@query` checks the permission, `scoped` keeps to the company.

Page, API, report, export and search call the same query, so what one shows another can't leak.
"""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, get_type_hints

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import department_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import where
from kantoor.kernel.errors import NotAllowed, NotFound
from kantoor.kernel.looks.watching import kind_of_look

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Query:
    """One declared query: `finance.trial_balance` with its permission."""

    name: str
    permission: str
    title: Any
    function: Callable[..., Any]
    call: Callable[..., Any]
    exposed: bool
    shows_nobody: bool = False

    @property
    def parameters(self) -> type[msgspec.Struct]:
        """The keyword parameters as a msgspec Struct, made from the signature."""
        return _parameters(self)

    @property
    def result(self) -> Any:
        return get_type_hints(self.function).get("return")

    def summary(self) -> str:
        return (inspect.getdoc(self.function) or "").partition("\n\n")[0].replace("\n", " ")


_queries: dict[str, Query] = {}


def query(
    *,
    permission: str,
    title: object = "",
    exposed: bool = False,
    shows_nobody: bool = False,
) -> Callable[[Callable[Concatenate[Actor, P], T]], Callable[Concatenate[Actor, P], T]]:
    """Declare a query; `exposed` ones are served by the API under their name.

    The first argument is the actor; all others are by name. An exposed query takes and gives
    what msgspec can carry (Structs, dataclasses, dates, integers, text). Of a watched permission
    (looks/watching.py) it is noted who looked, unless `shows_nobody` says that the answer tells
    nothing of a person.
    """

    def declare(
        function: Callable[Concatenate[Actor, P], T],
    ) -> Callable[Concatenate[Actor, P], T]:
        @functools.wraps(function)
        def call(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if not actor.may(permission):
                raise NotAllowed(
                    _("You may not see this: it needs the permission {permission}.").format(
                        permission=permission
                    )
                )
            with where(actor):
                result = function(actor, *args, **kwargs)
            if not shows_nobody and (kind := kind_of_look(permission)):
                from kantoor.kernel.looks.noting import note_answer

                note_answer(actor, kind, name, kwargs, result)
            return result

        name = f"{department_of(function.__module__)}.{function.__name__}"
        declared = Query(name, permission, title, function, call, exposed, shows_nobody)
        _queries[name] = declared
        call.query = declared  # type: ignore[attr-defined]
        return call

    return declare


def queries() -> tuple[Query, ...]:
    """Every query, by name."""
    return tuple(_queries[name] for name in sorted(_queries))


def query_named(name: str) -> Query | None:
    """The query with a full name such as `finance.trial_balance`."""
    return _queries.get(name)


def scoped(actor: Actor, model: type[M]) -> models.QuerySet[M]:
    """The rows of the actor's company."""
    return model._default_manager.filter(company_id=actor.company_id)


def one(actor: Actor, model: type[M], **wanted: object) -> M:
    """The one row of the actor's company; NotFound alike when it is another company's."""
    found = scoped(actor, model).filter(**wanted).first()
    if found is None:
        raise NotFound(_("It does not exist, or not in this company."))
    return found


@functools.cache
def _parameters(declared: Query) -> type[msgspec.Struct]:
    hints = get_type_hints(declared.function, include_extras=True)
    fields: list[Any] = []
    for name, parameter in inspect.signature(declared.function).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        empty = parameter.default is inspect.Parameter.empty
        fields.append((name, hints[name]) if empty else (name, hints[name], parameter.default))
    title = "".join(part.title() for part in declared.name.replace(".", "_").split("_"))
    return msgspec.defstruct(title + "Query", fields, kw_only=True, forbid_unknown_fields=True)
