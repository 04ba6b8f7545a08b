"""The facts of tax: of sales invoices, purchase invoices and manual entries, as one.

A fact counts on the date of its entry, and is known since that entry was posted, whose key says
before or after what was filed (models/vat.py).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from kantoor.departments.finance.models.vat import VatReturn
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch

SALES = (
    " FROM finance_invoice doc JOIN finance_invoice_tax fact ON fact.invoice_id = doc.id"
    " JOIN finance_tax_code code ON code.id = fact.tax_code_id"
)
PURCHASES = (
    " FROM finance_purchase_invoice doc JOIN finance_purchase_tax fact ON fact.invoice_id = doc.id"
    " JOIN finance_tax_code code ON code.id = fact.tax_code_id"
)
ENTRIES = " FROM finance_entry_tax fact JOIN finance_tax_code code ON code.id = fact.tax_code_id"
_SIGN = "(CASE WHEN doc.kind = 'credit_note' THEN -1 ELSE 1 END)"


class Source(NamedTuple):
    """One kind of fact as SQL: its tables, and the columns that all kinds have."""

    name: str
    tables: str
    company: str
    day: str
    entry: str
    party: str
    base: str
    tax: str
    deductible: str


SOURCES: Sequence[Source] = (
    Source(
        "invoice", SALES, "doc.company_id", "doc.date", "doc.entry_id", "doc.party_id",
        f"{_SIGN} * fact.own_base", f"{_SIGN} * fact.own_amount", "0",
    ),
    # A purchase invoice counts from its posting on: before it there is no entry.
    Source(
        "purchase", PURCHASES, "doc.company_id", "doc.booked_on", "doc.entry_id", "doc.party_id",
        f"{_SIGN} * fact.own_base", f"{_SIGN} * fact.own_amount", f"{_SIGN} * fact.own_deductible",
    ),
    Source(
        "entry", ENTRIES, "fact.company_id", "fact.date", "fact.entry_id", "fact.party_id",
        "fact.base", "fact.amount", "fact.deductible",
    ),
)  # fmt: skip
"""Where facts are kept. A further kind is one more row here, and nothing else."""


class Scope(NamedTuple):
    """Which facts: dated within days, and of entries above `after` and up to `until`."""

    start: date
    end: date
    after: int = 0
    until: int | None = None


class CodeSum(NamedTuple):
    """What the facts of one tax code and month add up to, in minor units."""

    code_id: int
    month: str
    use: str
    ground: str
    country: str
    base: int
    tax: int
    deductible: int
    facts: int


def sums(actor: Actor, scopes: Sequence[Scope]) -> list[CodeSum]:
    """The facts of the scopes by tax code and month; one statement for each kind and scope."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for scope in scopes:
        for source in SOURCES:
            for *key, base, tax, deductible, facts in _sums(actor, source, scope):
                had = found.setdefault(tuple(key), [0, 0, 0, 0])
                for n, amount in enumerate((base, tax, deductible, facts)):
                    had[n] += int(amount)
    return [CodeSum(*key, *amounts) for key, amounts in sorted(found.items())]


def _sums(actor: Actor, source: Source, scope: Scope) -> list[tuple[Any, ...]]:
    month = f"SUBSTR(CAST({source.day} AS text), 1, 7)"
    where, params = where_of(actor, source, scope)
    amounts = ", ".join(
        f"CAST(COALESCE(SUM({each}), 0) AS bigint)"
        for each in (source.base, source.tax, source.deductible)
    )
    return fetch(
        f"SELECT code.id, {month}, code.use, code.ground, code.country, {amounts}, COUNT(*)"
        f"{source.tables}{where}"
        f" GROUP BY code.id, {month}, code.use, code.ground, code.country",
        params,
    )


def where_of(actor: Actor, source: Source, scope: Scope) -> tuple[str, list[Any]]:
    """The condition of a scope on a kind of fact, with its parameters."""
    conditions = [f"{source.company} = %s", f"{source.day} >= %s", f"{source.day} <= %s"]
    params: list[Any] = [actor.company_id, scope.start.isoformat(), scope.end.isoformat()]
    # A document without an entry moved nothing, and is in no return.
    conditions.append(f"{source.entry} > %s")
    params.append(scope.after)
    if scope.until is not None:
        conditions.append(f"{source.entry} <= %s")
        params.append(scope.until)
    return f" WHERE {' AND '.join(conditions)}", params


def chain_of(company_id: int, chain: str) -> list[VatReturn]:
    """What was filed of a chain (`vat`, `icp`, `oss`), in its order."""
    return list(VatReturn.objects.filter(company_id=company_id, chain=chain).order_by("n"))


def own_scope(start: date, end: date, until: int | None = None) -> Scope:
    """The facts of a period itself."""
    return Scope(start, end, 0, until)


def follows(filed: Sequence[VatReturn], start: date) -> bool:
    """Whether a period is the one right behind what was filed: it alone carries the corrections."""
    return bool(filed) and start.toordinal() == filed[-1].ends_on.toordinal() + 1


def late_scopes(filed: Sequence[VatReturn], until: int | None = None) -> Iterator[Scope]:
    """The facts dated in what was filed that came after: at most one scope.

    Documents follow each other without a gap and know ever more, so the last one says it all.
    """
    if filed:
        yield Scope(filed[0].starts_on, filed[-1].ends_on, filed[-1].mark, until)
