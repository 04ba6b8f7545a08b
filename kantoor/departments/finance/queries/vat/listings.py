"""The ICP listing, by customer, and the OSS return, by country: filed, or as they would be now.

ICP: Wet OB 1968, art. 37a; Directive 2006/112/EC, art. 262 to 271. OSS: Directive, art. 369a to 369k.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models.vat import ICP, OSS, VatListingLine, VatReturn
from kantoor.departments.finance.queries.vat.euros import EURO, Euros
from kantoor.departments.finance.queries.vat.facts import (
    ENTRIES,
    SALES,
    Scope,
    chain_of,
    follows,
    late_scopes,
    own_scope,
)
from kantoor.departments.finance.queries.vat.regimes import Regimes
from kantoor.departments.finance.vat_periods import TaxPeriod, period_coded, period_holding
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.money import SCALE
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

Kind = Literal["icp", "oss"]
WHAT = {
    "intra_eu_goods": "goods",
    "intra_eu_service": "services",
    "triangulation": "triangular",
    "oss_goods": "goods",
    "oss_services": "services",
}
GROUNDS = {
    ICP: ("intra_eu_goods", "intra_eu_service", "triangulation"),
    OSS: ("oss_goods", "oss_services"),
}


class ListingLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line, in minor units: `period` is another than the listing's where it corrects that.

    ICP: country, VAT number and what. OSS: country, rate (a percentage) and what.
    """

    period: str
    country: str
    vat_number: str
    party: str
    party_name: str
    what: str
    rate: Decimal
    base: int
    tax: int


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing of a period: `state` is open or filed; `missing` lines have no VAT number."""

    period: str
    currency: str
    starts_on: date
    ends_on: date
    due_on: date
    state: str
    filed_on: date | None
    lines: list[ListingLine]
    base: int
    tax: int
    missing: int


class Row(NamedTuple):
    """A line as filing needs it; `buyer` is the key of the customer's particulars, or None.

    `base` and `tax` are in the currency of the listing, `own` is the tax in that of the books.
    """

    month: str
    country: str
    vat_number: str
    what: str
    rate: int
    party: str
    party_name: str
    party_id: int | None
    buyer: int | None
    base: int
    tax: int
    own: int


def rows_of(actor: Actor, kind: Kind, scopes: Sequence[Scope]) -> list[Row]:
    """The lines of the scopes, by month; two statements for each scope.

    Those of OSS are by quarter and in euros, for which there is one more. Raises MissingRate.
    """
    found: dict[tuple[Any, ...], list[Any]] = {}
    for scope in scopes:
        for of_invoices in (True, False):
            for row in _rows(actor, kind, scope, of_invoices):
                month, country, number, ground, rate, code, name, party, said = row[:9]
                buyer, base, tax, own = row[9:]
                by_customer = (number, code, name, party) if kind == ICP else ("", "", "", None)
                key = (month, country, by_customer[0], WHAT[ground], rate, *by_customer[1:])
                if kind == OSS:
                    key = (_quarter(month)[0], *key[1:], said or actor.currency)
                had = found.setdefault(key, [None, 0, 0, 0])
                if kind == ICP and buyer is not None:
                    had[0] = max(had[0] or 0, buyer)
                for place, amount in enumerate((base, tax, own), 1):
                    had[place] += amount
    if kind == OSS:
        found = _in_euros(actor, found)
    return [Row(*key, *rest) for key, rest in sorted(found.items(), key=_order) if any(rest[1:])]


def _quarter(month: str) -> tuple[str, date]:
    """The first month of the quarter that a month is in, and its last day."""
    period = period_holding(date.fromisoformat(f"{month}-01"), "quarter")
    return period.starts_on.isoformat()[:7], period.ends_on


def _in_euros(
    actor: Actor, found: dict[tuple[Any, ...], list[Any]]
) -> dict[tuple[Any, ...], list[Any]]:
    """The sums of each currency in euros, then added up."""
    euros = Euros(actor.company_id, [(key[-1], _quarter(key[0])[1]) for key in found])
    merged: dict[tuple[Any, ...], list[Any]] = {}
    for (*key, currency), (buyer, base, tax, own) in found.items():
        last = _quarter(key[0])[1]
        had = merged.setdefault(tuple(key), [buyer, 0, 0, 0])
        had[1] += euros.of(base, currency, last)
        had[2] += euros.of(tax, currency, last)
        had[3] += own
    return merged


def _order(item: tuple[tuple[Any, ...], list[Any]]) -> tuple[Any, ...]:
    return tuple("" if value is None else value for value in item[0][:6])


def _rows(actor: Actor, kind: Kind, scope: Scope, of_invoices: bool) -> list[tuple[Any, ...]]:
    base, tax, own, said = "fact.base", "fact.amount", "fact.amount", "CAST('' AS text)"
    if of_invoices:
        tables = f"{SALES} JOIN finance_particulars buyer ON buyer.id = doc.buyer_id"
        doc, day, sign = (
            "doc",
            "doc.date",
            "(CASE WHEN doc.kind = 'credit_note' THEN -1 ELSE 1 END) *",
        )
        who, key = "buyer", "buyer.id"
        own = "fact.own_amount"
        if kind == ICP:
            base, tax = "fact.own_base", own
        else:
            # What was sold in another currency is translated at another rate than the books'.
            said = "doc.currency"
    else:
        tables, doc, day, sign = ENTRIES, "fact", "fact.date", ""
        who, key, base, tax = "party", "NULL", "fact.base", "fact.amount"
    entry = f"{doc}.entry_id"
    tables += f" LEFT JOIN kernel_party party ON party.id = {doc}.party_id"
    # The country of a customer is that of the VAT number; of a sale by the one-stop shop that of the tax.
    country = f"COALESCE({who}.country, '')" if kind == ICP else "code.country"
    slots = ", ".join(["%s"] * len(GROUNDS[kind]))
    keys = [
        f"SUBSTR(CAST({day} AS text), 1, 7)", country, f"COALESCE({who}.vat_number, '')",
        "code.ground", "fact.rate", "COALESCE(party.code, '')", "COALESCE(party.name, '')", "party.id",
        said,
    ]  # fmt: skip
    until = f" AND {entry} <= %s" if scope.until is not None else ""
    buyer = "NULL" if key == "NULL" else f"MAX({key})"
    sums = ", ".join(f"CAST(SUM({sign} {each}) AS bigint)" for each in (base, tax, own))
    return fetch(
        f"SELECT {', '.join(keys)}, {buyer}, {sums}{tables}"
        f" WHERE {doc}.company_id = %s AND {day} >= %s AND {day} <= %s AND {entry} > %s{until}"
        f" AND code.use = 'sale' AND code.ground IN ({slots}) GROUP BY {', '.join(keys)}",
        [
            actor.company_id, scope.start.isoformat(), scope.end.isoformat(), scope.after,
            *([scope.until] if scope.until is not None else []), *GROUNDS[kind],
        ],
    )  # fmt: skip


def listing_period(actor: Actor, kind: Kind, day: date) -> TaxPeriod:
    """The period of a listing that a day is in: by month or quarter, OSS always by quarter."""
    rhythm = Regimes(actor.company_id).on(day).rhythm
    return period_holding(day, "month" if kind == ICP and rhythm == "month" else "quarter")


@query(permission="finance.read_vat", title=_("ICP listing"), exposed=True)
def icp_listing(actor: Actor, /, *, period: str = "") -> Listing:
    """Supplies to businesses in other EU countries by VAT number, with corrections of earlier ones."""
    return _listing(actor, ICP, period)


@query(permission="finance.read_vat", title=_("OSS return"), exposed=True)
def oss_return(actor: Actor, /, *, period: str = "") -> Listing:
    """Sales to consumers in other EU countries by country and rate, in euros.

    What was sold in another currency is at the ECB's rate of the last day of the quarter. A month
    stands for the quarter that it is in. Raises MissingRate.
    """
    return _listing(actor, OSS, period)


def next_listing(actor: Actor, kind: Kind) -> TaxPeriod:
    """The period of the listing that is to be filed next."""
    return _next(actor, kind, chain_of(actor.company_id, kind))


def _listing(actor: Actor, kind: Kind, period: str) -> Listing:
    if period and kind == OSS:
        period = _whole_quarter(period)
    filed = chain_of(actor.company_id, kind)
    kept = next((each for each in filed if each.code == period), None)
    if kept is not None:
        return _kept(actor, kept, filed)
    wanted = period_coded(period) if period else _next(actor, kind, filed)
    late = late_scopes(filed) if follows(filed, wanted.starts_on) else ()
    scopes = [own_scope(wanted.starts_on, wanted.ends_on), *late]
    rows = rows_of(actor, kind, scopes)
    known = [(each.code, each.starts_on, each.ends_on) for each in filed]
    known.append((wanted.code, wanted.starts_on, wanted.ends_on))
    lines = [
        ListingLine(
            period=_period_of(known, date.fromisoformat(f"{row.month}-01")),
            country=row.country,
            vat_number=row.vat_number,
            party=row.party,
            party_name=row.party_name,
            what=row.what,
            rate=Decimal(row.rate).scaleb(-SCALE),
            base=row.base,
            tax=row.tax,
        )
        for row in rows
    ]
    return _whole(actor, kind, wanted, "open", None, _merged(lines))


def _whole_quarter(period: str) -> str:
    """The quarter of a month, as no return of the one-stop shop is of less."""
    asked = period_coded(period)
    return period_holding(asked.ends_on, "quarter").code if asked.rhythm == "month" else period


def _merged(lines: Sequence[ListingLine]) -> list[ListingLine]:
    """One line for the months of a period."""
    found: dict[tuple[Any, ...], ListingLine] = {}
    for each in lines:
        key = (each.period, each.country, each.vat_number, each.party, each.what, each.rate)
        had = found.get(key)
        if had is not None:
            each = msgspec.structs.replace(each, base=had.base + each.base, tax=had.tax + each.tax)
        found[key] = each
    return [each for _key, each in sorted(found.items()) if each.base or each.tax]


def _period_of(known: Sequence[tuple[str, date, date]], day: date) -> str:
    return next(code for code, first, last in known if first <= day <= last)


def _next(actor: Actor, kind: Kind, filed: Sequence[VatReturn]) -> TaxPeriod:
    if filed:
        first = date.fromordinal(filed[-1].ends_on.toordinal() + 1)
        return listing_period(actor, kind, first)
    before = date.fromordinal(today_of(actor).replace(day=1).toordinal() - 1)
    return listing_period(actor, kind, before)


def _kept(actor: Actor, kept: VatReturn, filed: Sequence[VatReturn]) -> Listing:
    known = [(each.code, each.starts_on, each.ends_on) for each in filed]
    rows = (
        VatListingLine.objects.filter(vat_return=kept).select_related("buyer__party").order_by("id")
    )
    lines = []
    for each in rows:
        party = each.buyer.party if each.buyer else None
        lines.append(
            ListingLine(
                period=_period_of(known, each.period),
                country=each.country,
                vat_number=each.buyer.vat_number if each.buyer else "",
                party=party.code if party else "",
                party_name=party.name if party else "",
                what=each.what,
                rate=each.rate,
                base=each.base,
                tax=each.tax,
            )
        )
    rhythm = period_coded(kept.code).rhythm
    period = TaxPeriod(kept.code, rhythm, kept.starts_on, kept.ends_on)
    return _whole(actor, kept.kind, period, "filed", kept.filed_on, lines)


def _whole(
    actor: Actor,
    kind: str,
    period: TaxPeriod,
    state: str,
    filed_on: date | None,
    lines: list[ListingLine],
) -> Listing:
    return Listing(
        period=period.code,
        currency=EURO if kind == OSS else actor.currency,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        state=state,
        filed_on=filed_on,
        lines=lines,
        base=sum(each.base for each in lines),
        tax=sum(each.tax for each in lines),
        missing=sum(kind == ICP and not each.vat_number for each in lines),
    )
