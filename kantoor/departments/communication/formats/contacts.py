"""A list of contacts as CSV, or copied from a spreadsheet: pure reading, every wrong line told.

The first line names the columns, which are the fields of `ContactDraft`; commas, semicolons or
tabs part them.
"""

import csv
from io import StringIO

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.drafts_contacts import ContactDraft
from kantoor.kernel.errors import DomainError, InvalidInput

COLUMNS = ContactDraft.__struct_fields__
MOST_ROWS = 5_000
LONGEST_TEXT = 2_000_000
KINDS = ("press", "affairs", "other")


def read_contacts(text: str, wrong: list[DomainError]) -> list[tuple[int, ContactDraft]]:
    """The contacts of a list with their lines; what is wrong with a line is put with `wrong`.

    Raises InvalidInput for a list that can't be read as one, or that is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(_("This list is too long; split it."), field="rows")
    # A spreadsheet may put a mark before the text.
    text = text.removeprefix("\ufeff")
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, ContactDraft]] = []
    try:
        names = _names(next(rows, []))
        for cells in rows:
            if any(cell.strip() for cell in cells):
                _add(found, wrong, names, cells, rows.line_num)
    except csv.Error as error:
        message = _("The list can't be read from this line on: {why}.")
        raise InvalidInput(message.format(why=error), field="rows", line=rows.line_num) from None
    return found


def _add(
    found: list[tuple[int, ContactDraft]],
    wrong: list[DomainError],
    names: list[str],
    cells: list[str],
    line: int,
) -> None:
    if len(found) >= MOST_ROWS:
        longest = _("The list has more than {most} rows; split it.").format(most=MOST_ROWS)
        raise InvalidInput(longest, field="rows", line=line)
    if len(cells) > len(names):
        message = _("This row has more cells than there are columns.")
        wrong.append(InvalidInput(message, field="rows", line=line))
        return
    said = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
    if (kind := said.setdefault("kind", "press")) not in KINDS:
        unknown = _("“{text}” is none of {known}.").format(text=kind[:40], known=", ".join(KINDS))
        wrong.append(InvalidInput(unknown, field="kind", line=line))
        return
    found.append((line, ContactDraft(**{"name": "", **said})))  # type: ignore[arg-type]


def _names(cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    if "name" not in names:
        message = _("The first line names the columns, one of which is “name”; use {known}.")
        raise InvalidInput(message.format(known=", ".join(COLUMNS)), field="rows", line=1)
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            message = _("There is no column “{name}”; use {known}.")
            said = message.format(name=name[:40], known=", ".join(COLUMNS))
            raise InvalidInput(said, field="rows", line=1)
    return names
