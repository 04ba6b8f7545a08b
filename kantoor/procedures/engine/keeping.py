"""Values as they are kept: JSON, in which days, moments and decimals keep their kind."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.utils.translation import gettext as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value

DAY, MOMENT, DECIMAL = "$day", "$moment", "$decimal"
MOST_BYTES = 200_000
"""What an instance may remember; lists of thousands belong to the departments."""


class TooMuchToRemember(DomainError):
    """The values of an instance are larger than it may remember."""

    code = "procedures.too_much"


def written(values: Mapping[str, Value]) -> str:
    """Values as text; raises TooMuchToRemember."""
    text = msgspec.json.encode(marked(values)).decode()
    if len(text) > MOST_BYTES:
        message = _("A procedure remembers at most {most} bytes; keep less of what actions gave.")
        raise TooMuchToRemember(message.format(most=MOST_BYTES))
    return text


def read(text: str) -> dict[str, Value]:
    """Values as they were written."""
    return {name: unmarked(value) for name, value in msgspec.json.decode(text).items()}


def marked(value: Value) -> Value:
    """A value with its kind beside it, where JSON has none."""
    if isinstance(value, Mapping):
        return {str(name): marked(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [marked(each) for each in value]
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {DECIMAL: str(value)}
    return value


def unmarked(value: Value) -> Value:
    """The value as it was."""
    if isinstance(value, list):
        return [unmarked(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (name, text), *_rest = value.items()
        if isinstance(text, str) and name in _KINDS:
            return _KINDS[name](text)
    return {name: unmarked(each) for name, each in value.items()}


_KINDS = {DAY: date.fromisoformat, MOMENT: datetime.fromisoformat, DECIMAL: Decimal}
