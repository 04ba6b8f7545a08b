"""The columns of a file of entries: which must be there, which may, and which are dimensions."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.codes import DIMENSION
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals

REQUIRED = ("entry", "date", "account", "amount", "currency", "text")
OPTIONAL = ("party", "base_amount", "journal", "reference", "entry_text", "tax", "tax_base")
PASSED_OVER = ("origin", "reverses", "line")
"""What an export says beside; an entry that is posted again has none of it."""


class Columns(NamedTuple):
    """Where in a row each column stands; None for one that is not there."""

    entry: int
    date: int
    account: int
    amount: int
    currency: int
    text: int
    party: int | None
    base_amount: int | None
    journal: int | None
    reference: int | None
    entry_text: int | None
    tax: int | None
    tax_base: int | None
    dimensions: Sequence[tuple[str, int]]
    width: int


def columns_of(header: Sequence[str]) -> Columns:
    """The columns that a first row names; raises InvalidInput, or Refusals with several."""
    names = [name.strip().lower() for name in header]
    if faults := list(_faults(names)):
        raise faults[0] if len(faults) == 1 else Refusals(faults)
    places = {name: place for place, name in enumerate(names)}
    known = {*REQUIRED, *OPTIONAL, *PASSED_OVER}
    return Columns(
        entry=places["entry"],
        date=places["date"],
        account=places["account"],
        amount=places["amount"],
        currency=places["currency"],
        text=places["text"],
        party=places.get("party"),
        base_amount=places.get("base_amount"),
        journal=places.get("journal"),
        reference=places.get("reference"),
        entry_text=places.get("entry_text"),
        tax=places.get("tax"),
        tax_base=places.get("tax_base"),
        dimensions=[(name, place) for name, place in places.items() if name not in known],
        width=len(names),
    )


def _faults(names: Sequence[str]) -> "list[DomainError]":
    faults: list[DomainError] = []
    for name in REQUIRED:
        if name not in names:
            message = _("The column “{name}” is missing in the first line.").format(name=name)
            faults.append(InvalidInput(message, field=name, line=1))
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            message = _("The column “{name}” is there twice.").format(name=name)
            faults.append(InvalidInput(message, field=name, line=1))
        if not DIMENSION.fullmatch(name):
            message = _("“{name}” can't be a column: it is no dimension.").format(name=name)
            faults.append(InvalidInput(message, field=name[:30], line=1))
    return faults
