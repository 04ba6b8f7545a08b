"""Find what a case names: other cases, relations, services, queues and people, many at once."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import (
    UnknownCase,
    UnknownPerson,
    UnknownQueue,
    UnknownService,
    WrongState,
)
from kantoor.departments.ict.models import Case, Queue, Service
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

SHOWN = 40


def cases_by_number(actor: Actor, numbers: Sequence[str], field: str = "numbers") -> list[Case]:
    """The cases of these numbers in their order, each once, locked until the action ends.

    Raises UnknownCase with the place of the first that there is not.
    """
    read = [read_number(text) for text in numbers]
    wanted = {number for number in read if number is not None}
    rows = scoped(actor, Case).select_for_update().order_by("pk")
    found = {row.number: row for row in rows.filter(number__in=wanted)}
    listed = []
    for place, (text, number) in enumerate(zip(numbers, read, strict=True), 1):
        if number not in found:
            message = _("There is no case “{number}”.").format(number=text[:SHOWN])
            raise UnknownCase(message, field=field, line=place)
        listed.append(found[number])
    return list(dict.fromkeys(listed))


def in_state(cases: Sequence[Case], states: Sequence[str]) -> None:
    """Refuse the first that is in none of these states."""
    for place, each in enumerate(cases, 1):
        if each.state not in states:
            message = _("{number} is {state}; that can't be done with it now.")
            said = message.format(number=each, state=STATES[each.state])
            raise WrongState(said, field="numbers", line=place)


STATES = {
    "new": _("new"),
    "active": _("in hand"),
    "waiting": _("waiting"),
    "resolved": _("solved"),
    "closed": _("closed"),
}


def requesters_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, tuple[int, int | None]]:
    """Key and erasable person of these relations, by code; raises UnknownPerson."""
    wanted = {code for code in codes if code}
    rows = scoped(actor, Party).filter(code__in=wanted).values_list("code", "pk", "subject_id")
    found = {code: (key, subject) for code, key, subject in rows}
    for code in sorted(wanted - set(found)):
        message = _("There is no relation “{code}”.").format(code=code[:SHOWN])
        raise UnknownPerson(message, field="requester")
    return found


def services_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, int]:
    """The keys of these services; raises UnknownService."""
    wanted = {code for code in codes if code}
    rows = scoped(actor, Service).filter(code__in=wanted, active=True)
    found = dict(rows.values_list("code", "pk"))
    for code in sorted(wanted - set(found)):
        message = _("There is no service “{code}”.").format(code=code[:SHOWN])
        raise UnknownService(message, field="service")
    return found


def queues_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, int]:
    """The keys of these queues; raises UnknownQueue."""
    wanted = {code for code in codes if code}
    rows = scoped(actor, Queue).filter(code__in=wanted, active=True)
    found = dict(rows.values_list("code", "pk"))
    for code in sorted(wanted - set(found)):
        message = _("There is no queue “{code}”.").format(code=code[:SHOWN])
        raise UnknownQueue(message, field="queue")
    return found


def colleagues_by_sign_in(
    actor: Actor, names: Iterable[str], field: str = "assignee"
) -> dict[str, int]:
    """The keys of these people, who work in the actor's company; raises UnknownPerson."""
    wanted = {name for name in names if name}
    here = Q(grants__company=actor.company_id, grants__ended_at=None) | Q(administrator=True)
    rows = User.objects.filter(here, sign_in__in=wanted, active=True)
    found = dict(rows.values_list("sign_in", "pk"))
    for name in sorted(wanted - set(found)):
        message = _("Nobody signs in here as “{name}”.").format(name=name[:SHOWN])
        raise UnknownPerson(message, field=field)
    return found
