"""What a start or a task asks of a person, read from what they gave: typed, or refused by field."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kantoor.kernel.actions.bounds import refuse_out_of_bounds
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.expressions import Value
from kantoor.procedures.diagrams.elements import FormField

LONGEST = {"text": 300, "long_text": 10_000, "person": 150}
YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0", ""}


def asked_of(fields: Sequence[FormField], given: Mapping[str, Any]) -> dict[str, Value]:
    """The values of these fields; raises InvalidInput with the field that is wrong or strange."""
    names = {field.name for field in fields}
    for name in given:
        if name not in names:
            message = _("“{name}” is not asked here.").format(name=str(name)[:60])
            raise InvalidInput(message, field=str(name)[:60])
    values = {field.name: _read(field, given.get(field.name)) for field in fields}
    refuse_out_of_bounds(values)
    return values


def _read(field: FormField, given: Any) -> Value:
    empty = given is None or given == ""
    if empty and field.kind != "yes_no":
        if field.required:
            raise InvalidInput(_("Fill this in."), field=field.name)
        return None
    if field.kind == "yes_no":
        return _yes_no(field, given)
    if field.kind in LONGEST:
        return _text(field, given)
    if field.kind == "choice":
        if not isinstance(given, str) or given not in {value for value, _label in field.choices}:
            raise InvalidInput(_("Choose one of the answers."), field=field.name)
        return given
    return _typed(field, given)


def _yes_no(field: FormField, given: Any) -> bool | None:
    if isinstance(given, bool):
        return given
    if given is None or given == "":
        if field.required:
            raise InvalidInput(_("Answer yes or no."), field=field.name)
        return None if given is None else False
    text = str(given).lower()
    if text not in YES | NO:
        raise InvalidInput(_("Answer yes or no."), field=field.name)
    return text in YES


def _text(field: FormField, given: Any) -> str:
    most = LONGEST[field.kind]
    if not isinstance(given, str):
        raise InvalidInput(_("This is no text."), field=field.name)
    if len(given) > most:
        message = _("At most {most} characters.").format(most=most)
        raise InvalidInput(message, field=field.name)
    return given.strip()


def _typed(field: FormField, given: Any) -> Value:
    try:
        if isinstance(given, bool | float):
            raise ValueError
        if field.kind == "whole":
            return int(given)
        if field.kind == "decimal":
            return Decimal(str(given).replace(",", "."))
        return given if type(given) is date else date.fromisoformat(str(given))
    except (ValueError, InvalidOperation, TypeError):
        words = {
            "whole": _("Give a whole number."),
            "decimal": _("Give a number, such as 12.50."),
            "date": _("Give a day as year-month-day."),
        }
        raise InvalidInput(words[field.kind], field=field.name) from None
