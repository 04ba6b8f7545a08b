"""Whether answers fit the form of an item, and how they are kept: checked for many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import CatalogueField, Device
from kantoor.departments.ict.models.catalogue.items import (
    CHOICE,
    DATE,
    DEVICE,
    LONG,
    NUMBER,
    PERSON,
)
from kantoor.departments.ict.models.devices.devices import read_device_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

LONGEST, LONGEST_LONG = 400, 20_000
DIGITS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request answers: its place among all, the form, the answers, and for whom."""

    place: int
    fields: Sequence[CatalogueField]
    answers: Mapping[str, str]
    requester: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept, in words; `device` is the device it names."""

    field: CatalogueField
    value: str
    device: str = ""


@dataclass(slots=True)
class _Known:
    """The people and devices that the answers of all requests may name."""

    people: Mapping[str, str]
    devices: Mapping[int, tuple[str, str, int | None]]
    today: date


def answered(actor: Actor, asked: Sequence[Asked], *, any_device: bool) -> list[list[Answer]]:
    """The answers of each request in the order of its form.

    With `any_device` a device of somebody else may be named. Raises Refusals at the keys of the
    fields: what is missing, unknown or out of bounds.
    """
    known = _Known(_people(actor, asked), _devices(actor, asked), timezone.localdate())
    faults: list[DomainError] = []
    found = []
    for each in asked:
        answers = []
        for field in each.fields:
            try:
                answer = _answer(field, each, known, any_device=any_device)
            except InvalidInput as fault:
                line = each.place if len(asked) > 1 else None
                faults.append(InvalidInput(fault.message, field=field.key, line=line))
            else:
                answers += [answer] if answer else []
        found.append(answers)
        faults += _surplus(each)
    if faults:
        raise Refusals(faults)
    return found


def _surplus(asked: Asked) -> list[DomainError]:
    known = {field.key for field in asked.fields}
    message = _("The form has no field “{key}”.")
    return [
        InvalidInput(message.format(key=key[:40]), field="answers", line=asked.place)
        for key in list(asked.answers)[:200]
        if key not in known
    ]


def _answer(
    field: CatalogueField, asked: Asked, known: _Known, *, any_device: bool
) -> Answer | None:
    text = asked.answers.get(field.key, "").strip()
    if not text:
        if field.required:
            raise InvalidInput(_("Fill this in."))
        return None
    longest = LONGEST_LONG if field.kind == LONG else LONGEST
    if len(text) > longest:
        raise InvalidInput(_("This is longer than {most} characters.").format(most=longest))
    if field.kind == CHOICE and text not in field.choices.split("\n"):
        raise InvalidInput(_("Choose one of the choices."))
    if field.kind == NUMBER:
        return Answer(field, _number(field, text))
    if field.kind == DATE:
        return Answer(field, _date(field, text, known.today))
    if field.kind == PERSON:
        return Answer(field, _person(text, known))
    if field.kind == DEVICE:
        return _device(field, text, asked, known, any_device=any_device)
    if field.kind != CHOICE:
        _bounded(field, len(text), gettext("characters"))
    return Answer(field, text)


def _number(field: CatalogueField, text: str) -> str:
    try:
        number = Decimal(text) if len(text) <= DIGITS else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidInput(_("This is no number; type it as 12 or 12.5."))
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > DIGITS:
        raise InvalidInput(_("This is no number; type it as 12 or 12.5."))
    _bounded(field, number, "")
    return f"{number:f}"


def _date(field: CatalogueField, text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(_("This is no day; type it as 2026-11-30.")) from None
    # As days between dates, so that no bound can lead beyond the calendar.
    away = (day - today).days
    if field.least is not None and away < field.least:
        raise InvalidInput(_("At the soonest {n} days from today.").format(n=field.least))
    if field.most is not None and away > field.most:
        raise InvalidInput(_("At the latest {n} days from today.").format(n=field.most))
    return day.isoformat()


def _bounded(field: CatalogueField, value: int | Decimal, unit: str) -> None:
    for bound, message, breaks in (
        (field.least, _("At least {n} {unit}."), field.least is not None and value < field.least),
        (field.most, _("At most {n} {unit}."), field.most is not None and value > field.most),
    ):
        if breaks:
            raise InvalidInput(message.format(n=bound, unit=unit).replace(" .", "."))


def _person(text: str, known: _Known) -> str:
    name = known.people.get(text.lower())
    if name is None:
        raise InvalidInput(_("There is no colleague “{name}”.").format(name=text[:40]))
    return name


def _device(
    field: CatalogueField, text: str, asked: Asked, known: _Known, *, any_device: bool
) -> Answer:
    number, name, holder = known.devices.get(read_device_number(text) or 0, ("", "", None))
    if not number or not (any_device or holder == asked.requester):
        raise InvalidInput(_("This is none of your devices."))
    return Answer(field, f"{name} ({number})" if name else number, number)


def _named(asked: Sequence[Asked], kind: str) -> list[str]:
    return [
        each.answers[field.key].strip()
        for each in asked
        for field in each.fields
        if field.kind == kind and each.answers.get(field.key, "").strip()
    ]


def _people(actor: Actor, asked: Sequence[Asked]) -> dict[str, str]:
    """Names of colleagues by code, address and name, all in small letters."""
    named = _named(asked, PERSON)
    if not named:
        return {}
    rows = scoped(actor, Party).filter(roles__role=EMPLOYEE, erased_at=None)
    small = [each.lower() for each in named]
    rows = rows.annotate(small=Lower("name")).filter(
        Q(code__in=named) | Q(email__in=small) | Q(name__in=named) | Q(small__in=small)
    )
    found: dict[str, str] = {}
    for code, email, name in rows.order_by("-pk").values_list("code", "email", "name"):
        found |= {name.lower(): name, email.lower(): name, code.lower(): name}
    return found


def _devices(actor: Actor, asked: Sequence[Asked]) -> dict[int, tuple[str, str, int | None]]:
    numbers = {read_device_number(each) or 0 for each in _named(asked, DEVICE)}
    if not numbers:
        return {}
    rows = scoped(actor, Device).filter(number__in=numbers, merged_into=None)
    return {row.number: (str(row), row.name, row.holder_id) for row in rows}
