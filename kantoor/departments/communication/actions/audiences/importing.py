"""A list of addresses from a file, a million or more: in lots, each in an act of its own.

Memory is bounded by a lot. Broken off, it goes on where it was; the same file again changes
nothing. What is refused stands in a file beside it, each row with its line and why.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.subscribing import (
    add_subscribers,
    checked_subscriber,
)
from kantoor.departments.communication.drafts_audiences import SubscriberDraft
from kantoor.departments.communication.formats.addresses import Row, read_addresses
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import as_compared
from kantoor.kernel.errors import DomainError
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work

LOT = 2_000
REFUSED = ".refused.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be reckoned by a spreadsheet."""


class Imported(msgspec.Struct, kw_only=True):
    """What came of a list: rows read, addresses new on it and known, rows refused.

    `refused_file` holds those that were refused, if there are any.
    """

    rows: int = 0
    added: int = 0
    known: int = 0
    refused: int = 0
    refused_file: str = ""
    written: int = 0
    """Bytes of that file that are sure: what was written after them is of a lot that is done again."""


@job(title=_("Import addresses"))
def import_addresses(
    work: Work, /, *, path: str, mailing_list: str, source: str = "", agreed_on: date | None = None
) -> Imported:
    """Put the addresses of a file on a mailing list; see `import_list`."""

    def tell(found: Imported) -> None:
        work.remember(found)
        work.progress(found.rows, None, "")

    found = import_list(
        work.actor, Path(path), mailing_list=mailing_list, source=source, agreed_on=agreed_on,
        before=work.remembered(Imported), tell=tell,
    )  # fmt: skip
    work.progress(found.rows, found.rows, "")
    Path(path).unlink(missing_ok=True)
    return found


def import_list(
    actor: Actor,
    path: Path,
    *,
    mailing_list: str,
    source: str = "",
    agreed_on: date | None = None,
    before: Imported | None = None,
    tell: Callable[[Imported], None] | None = None,
) -> Imported:
    """Put the addresses of a file on a mailing list in lots, and write what is refused beside it.

    `before` is how far it was when it was broken off. Raises UnknownAudience, InvalidInput for
    what holds for all of it; a row that can't be is refused by itself.
    """
    found = before or Imported()
    refused = path.with_name(path.name + REFUSED)
    # Without a lot: what is wrong with the list or the proof is said before anything is read.
    add_subscribers(
        actor, mailing_list=mailing_list, subscribers=[], source=source, agreed_on=agreed_on,
        from_file=True,
    )  # fmt: skip
    with refused.open("a", newline="", encoding="utf-8") as file:
        file.truncate(found.written)
        writer = csv.writer(file, delimiter=";")
        if not before:
            writer.writerow([gettext("Line"), gettext("Why"), gettext("Row")])
        for lot in _lots(islice(read_addresses(path), found.rows, None)):
            good, wrong = _checked(lot)
            done = add_subscribers(
                actor, mailing_list=mailing_list, subscribers=list(good.values()), source=source,
                agreed_on=agreed_on, from_file=True,
            )  # fmt: skip
            wrong += _unwanted(lot, set(done.unwanted))
            writer.writerows([row.line, why, _plain(row.text)] for row, why in wrong)
            file.flush()
            found.written = file.tell()
            found.rows += len(lot)
            found.added += done.added
            found.refused += len(wrong)
            found.known += len(lot) - len(wrong) - done.added
            if tell is not None:
                tell(found)
    if found.refused:
        found.refused_file = str(refused)
    else:
        refused.unlink()
    return found


def _lots(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while lot := list(islice(rows, LOT)):
        yield lot


def _checked(lot: Sequence[Row]) -> tuple[dict[str, SubscriberDraft], list[tuple[Row, str]]]:
    """Those that can be, by address, and the others with why; the first of an address counts."""
    good: dict[str, SubscriberDraft] = {}
    wrong: list[tuple[Row, str]] = []
    for row in lot:
        if row.draft is None:
            wrong.append((row, row.why))
            continue
        try:
            draft = checked_subscriber(row.draft)
        except DomainError as error:
            wrong.append((row, force_str(error.message)))
            continue
        good.setdefault(draft.address, draft)
    return good, wrong


def _unwanted(lot: Sequence[Row], addresses: set[str]) -> list[tuple[Row, str]]:
    if not addresses:
        return []
    why = gettext("The owner of this address wants no mail; only they can change that.")
    return [(row, why) for row in lot if row.draft and as_compared(row.draft.address) in addresses]


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
