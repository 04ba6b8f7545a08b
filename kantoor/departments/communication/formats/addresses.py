"""A list of addresses as CSV, however long: pure reading, each broken row with why."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from kantoor.departments.communication.drafts_audiences import SubscriberDraft
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.csvtable import CsvTable
from kantoor.kernel.intake.problems import Broken, Problem
from kantoor.kernel.intake.streams import blocks

SEPARATORS = ";,\t"
ADDRESS = ("address", "email", "e-mail", "e-mailadres", "adres", "mail")
NAME = ("name", "naam")
LANGUAGE = ("language", "taal")


class Row(NamedTuple):
    """A row of the list: a subscriber as it stands there, or why it can't be read; `text` as it is."""

    line: int
    draft: SubscriberDraft | None
    why: str
    text: str


def read_addresses(path: Path) -> Iterator[Row]:
    """The rows of a list, plain or gzip; its first line names the columns.

    A column with addresses is needed, names and languages may be beside it; what else there is is
    passed over. Raises InvalidInput for a file that is no such list.
    """
    table = CsvTable.open(path, delimiter=_separator(path))
    if isinstance(table, Problem):
        raise InvalidInput(force_str(table.message), line=table.line)
    names = [name.lower() for name in table.header]
    at, name_at, language_at = (
        next((names.index(each) for each in known if each in names), None)
        for known in (ADDRESS, NAME, LANGUAGE)
    )
    if at is None:
        message = _("The list has no column “{name}”.").format(name="address")
        raise InvalidInput(message, line=1)
    for line, row in table.rows():
        if isinstance(row, Problem):
            yield Row(line, None, force_str(row.message), _as_text(row.given))
            continue
        if not any(cell.strip() for cell in row):
            continue
        draft = SubscriberDraft(
            address=row[at],
            name=row[name_at] if name_at is not None else "",
            language=row[language_at] if language_at is not None else "",
        )
        yield Row(line, draft, "", ";".join(row))


def _separator(path: Path) -> str:
    """What parts the columns: whatever is most in the first line."""
    try:
        start = next(blocks(path), b"")[:4096].decode("utf-8", "replace")
    except Broken as broken:
        raise InvalidInput(force_str(broken.problem.message)) from None
    return max(SEPARATORS, key=start.partition("\n")[0].count)


def _as_text(given: tuple[str, ...] | bytes) -> str:
    return given.decode("utf-8", "replace") if isinstance(given, bytes) else ";".join(given)
