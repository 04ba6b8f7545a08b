"""Values as JSON holds them: days, moments and decimals with their kind beside them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from kantoor.kernel.expressions.values import Value

MARK = "$"
DAY, MOMENT, DECIMAL = "$day", "$moment", "$decimal"


def marked(value: Value) -> Value:
    """A value with its kind beside it, where JSON has none."""
    if isinstance(value, Mapping):
        return {_escaped(str(name)): marked(each) for name, each in value.items()}
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
    return {name.removeprefix(MARK) if name.startswith(MARK * 2) else name: unmarked(each)
            for name, each in value.items()}  # fmt: skip


def _escaped(name: str) -> str:
    """A name that would pass for a mark, with one mark more before it."""
    return f"{MARK}{name}" if name.startswith(MARK) else name


_KINDS: dict[str, Callable[[str], Value]] = {
    DAY: date.fromisoformat,
    MOMENT: datetime.fromisoformat,
    DECIMAL: Decimal,
}
