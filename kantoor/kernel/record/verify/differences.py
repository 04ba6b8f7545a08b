"""What exactly differs between a row and its recorded state, in words."""

from collections.abc import Iterator

from kantoor.kernel.record.states import latest_state
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.tables import Layout, Row, Value


def differences(layout: Layout, row: Row, where: str) -> Iterator[Fault]:
    """The columns of a row that were changed.

    Of sealed rows only a digest is recorded, so there the row is named and not the column.
    Personal data is not repeated in a fault, since those end up in logs and mail.
    """
    recorded = latest_state(layout, int(row[0]))  # type: ignore[arg-type]
    if recorded is None or recorded.values is None:
        yield Fault("rows", where, "was changed: it isn't the row that was recorded")
        return
    changed = [
        (column, then, now)
        for column, then, now in zip(layout.columns, recorded.values, row, strict=True)
        if then != now or type(then) is not type(now)
    ]
    for column, then, now in changed:
        what = "was changed"
        if not recorded.personal:
            what = f"was changed from {_shown(then)} to {_shown(now)}"
        yield Fault("rows", f"{where} column {column}", what)


def _shown(value: Value) -> str:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    text = "empty" if value is None else str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
