"""Who is on the line: found by number or name as one types, with their devices and open cases."""

import msgspec
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownPerson
from kantoor.departments.ict.models import Case, Device
from kantoor.departments.ict.queries.cases.register import CaseRow, case_rows
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

HANDLE = "ict.handle_cases"
SHOWN = 8
SIGNIFICANT = 9
"""Digits of a telephone number that tell it from others, whatever stands before them."""
LEAST_DIGITS = 3


class Caller(msgspec.Struct, frozen=True):
    """Somebody who may be on the line."""

    code: str
    name: str
    phone: str
    email: str


class DeviceOfCaller(msgspec.Struct, frozen=True):
    """A device that the caller has."""

    number: str
    name: str
    kind: str
    serial: str


class CallerShown(msgspec.Struct, frozen=True):
    """Who is on the line, what they have, and what they wait for."""

    caller: Caller
    devices: list[DeviceOfCaller]
    cases: list[CaseRow]


@query(permission=HANDLE, title=_("Who is on the line"), exposed=True)
def callers(actor: Actor, /, *, search: str) -> list[Caller]:
    """Persons by a part of their number, or the beginning of their first or last name."""
    words = search.strip()
    digits = "".join(each for each in words if each.isdigit())
    found = scoped(actor, Party).filter(kind="person", erased_at=None)
    if len(digits) >= LEAST_DIGITS and not any(each.isalpha() for each in words):
        plain: str | Replace = "phone"
        for mark in (" ", "-", "(", ")", "/", "."):
            plain = Replace(plain, Value(mark), Value(""))
        found = found.exclude(phone="").annotate(plain=plain)
        found = found.filter(plain__contains=digits.lstrip("0")[-SIGNIFICANT:])
    elif len(words) > 1:
        named = Q(name__istartswith=words) | Q(name__icontains=f" {words}")
        found = found.filter(named | Q(code=words) | Q(email__istartswith=words))
    else:
        return []
    return [_caller(each) for each in found.order_by("name", "pk")[:SHOWN]]


@query(permission=HANDLE, title=_("Somebody on the line"), exposed=True)
def caller(actor: Actor, /, *, code: str) -> CallerShown:
    """Who is on the line, with their devices and open cases. Raises UnknownPerson."""
    party = scoped(actor, Party).filter(code=code).first()
    if party is None:
        message = _("There is no relation “{code}”.").format(code=code[:40])
        raise UnknownPerson(message, field="caller")
    devices = scoped(actor, Device).filter(holder=party, merged_into=None).order_by("number")
    names = ("requester", "service", "queue", "assignee")
    cases = scoped(actor, Case).filter(requester=party).filter(is_open=True)
    open_now = list(cases.select_related(*names).order_by("-pk")[:SHOWN])
    return CallerShown(
        _caller(party),
        [
            DeviceOfCaller(str(each), each.name, each.kind, each.serial)
            for each in devices[: 4 * SHOWN]
        ],
        case_rows(open_now),
    )


def _caller(party: Party) -> Caller:
    return Caller(party.code, party.name, party.phone, party.email)
