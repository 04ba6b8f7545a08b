"""What a report is: rows by level, figures that open what they are made of, a period that can be picked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link, Money
from kantoor.kernel.ui.listing import Act, Empty

RowKind = Literal["heading", "line", "subtotal", "total"]


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of figures; `hint` is a second line in the head (a period, a currency)."""

    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of a report: `level` 0 to 5 indents it; a figure that is None stays empty.

    Each figure's own `url` (see `Money`) opens what it is made of, `url` the row's subject.
    """

    label: str
    figures: Sequence[Money | None] = ()
    code: str = ""
    url: str = ""
    level: int = 0
    kind: RowKind = "line"


@dataclass(frozen=True, slots=True)
class Period:
    """The period shown and those one click away; the form sends `from` and `to`.

    With `at_end` only a closing date is asked (a balance sheet is at a day).
    """

    start: date | None
    end: date
    choices: Sequence[Link] = ()
    chosen: str = ""
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What proves the report, in a sentence: debit equals credit, or by how much it doesn't."""

    good: bool
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something else that the report can be asked with: value, label, and whether it holds."""

    key: str
    title: str
    values: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """A whole report; `subtitle` names company and currency, and stands on the printed page.

    `code_title` and `name_title` stand above codes and labels.
    """

    title: str
    address: Address
    columns: Sequence[ReportColumn]
    rows: Sequence[ReportRow]
    period: Period
    code_title: str
    name_title: str
    subtitle: str = ""
    currency: str = ""
    has_codes: bool = True
    verdict: Verdict | None = None
    exports: Sequence[str] = ("csv", "xlsx")
    main_action: Act | None = None
    empty: Empty | None = None
    choices: Sequence[Choice] = ()

    @property
    def export_links(self) -> tuple[tuple[str, str], ...]:
        """Name and address of each export."""
        return tuple((name.upper(), str(self.address.put("format", name))) for name in self.exports)

    @property
    def kept_by_period(self) -> tuple[tuple[str, str], ...]:
        """The query without the period, as hidden fields of its form."""
        return self.address.drop(("from", "to", *(each.key for each in self.choices))).pairs
