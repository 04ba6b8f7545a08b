"""The Belgian VAT return: the grids of a period from the facts of tax, and which facts are in each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.errors import NoVatReturn
from kantoor.departments.finance.queries.vat.facts import (
    SOURCES,
    Scope,
    Source,
    chain_of,
    own_scope,
    where_of,
)
from kantoor.departments.finance.queries.vat.returns import next_period
from kantoor.departments.finance.reference.vat.grids_be import (
    CAPITAL,
    DEDUCTED,
    DUE,
    GOODS,
    SERVICES,
    grids,
    ways,
)
from kantoor.departments.finance.vat_periods import TaxPeriod, period_coded
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import MICRO, SCALE, half_up_ratio
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

COUNTRY = "BE"
PARTS = (GOODS, SERVICES, CAPITAL)
_PART = (
    f"CASE WHEN account.grouping = 'fixed_assets' THEN '{CAPITAL}'"
    f" WHEN account.grouping IN ('cost_of_sales', 'inventories') THEN '{GOODS}'"
    f" ELSE '{SERVICES}' END"
)
# Where all of a purchase is booked that its lines don't tell apart: on its largest line, or for an
# entry on the one of the base's own amount.
_OF_INVOICE = (
    f"(SELECT {_PART} FROM finance_purchase_line line JOIN finance_account account"  # noqa: S608
    " ON account.id = line.account_id WHERE line.invoice_id = doc.id"
    " AND line.tax_code_id = fact.tax_code_id ORDER BY ABS(line.net) DESC, line.n LIMIT 1)"
)
_ENTRY_LINE = (
    f"SELECT {_PART} FROM finance_line line JOIN finance_account account"  # noqa: S608
    " ON account.id = line.account_id WHERE line.entry_id = fact.entry_id"
    " AND (account.kind = 'expense' OR account.grouping IN ('fixed_assets', 'inventories'))"
    " AND (code.cost_account_id IS NULL OR account.id <> code.cost_account_id)"
)
_OF_ENTRY = (
    f"COALESCE(({_ENTRY_LINE} AND line.amount = fact.base ORDER BY line.id LIMIT 1),"
    f" ({_ENTRY_LINE} ORDER BY ABS(line.amount) DESC, line.id LIMIT 1), '{SERVICES}')"
)
_LINES = (
    " FROM finance_purchase_invoice doc JOIN finance_purchase_line line ON line.invoice_id = doc.id"
    " JOIN finance_tax_code code ON code.id = line.tax_code_id"
    " JOIN finance_purchase_tax fact ON fact.invoice_id = doc.id AND fact.tax_code_id = code.id"
    " JOIN finance_account account ON account.id = line.account_id"
)
_SIGN = "(CASE WHEN doc.kind = 'credit_note' THEN -1 ELSE 1 END)"


class GridRow(msgspec.Struct, frozen=True, kw_only=True):
    """A grid of the form, in cents."""

    grid: str
    section: str
    name: str
    amount: int


class BelgianReturn(msgspec.Struct, frozen=True, kw_only=True):
    """The return of a period; `payable` below zero comes back.

    `negative` are grids below nought, which the form does not take: what is too much there goes
    into a later return.
    """

    period: str
    currency: str
    starts_on: date
    ends_on: date
    due_on: date
    grids: list[GridRow]
    payable: int
    negative: list[str]


@query(permission="finance.read_vat", title=_("Belgian VAT return"), exposed=True)
def belgian_vat_return(actor: Actor, /, *, period: str = "") -> BelgianReturn:
    """The grids 00 to 72 of a month or quarter (`2024-Q1`), as the postings are now.

    What is booked dated in the period counts, credit notes in grids of their own. A purchase is in
    81 to 83 by the accounts of its lines, with the tax that can't be deducted. Seven statements.
    Raises NoVatReturn for a company elsewhere, InvalidInput.
    """
    if actor.country != COUNTRY:
        message = _("This is the return of Belgium; the company is in {country}.")
        raise NoVatReturn(message.format(country=actor.country), field="country")
    wanted = (
        period_coded(period) if period else next_period(actor, chain_of(actor.company_id, "vat"))
    )
    scope = own_scope(wanted.starts_on, wanted.ends_on)
    found = dict.fromkeys((each.key for each in grids()), 0)
    for source in SOURCES:
        for key, amount in _put(actor, source, scope):
            if key:
                found[key] += amount
    for key, amount in _by_part(actor, scope):
        found[key] += amount
    payable = sum(found[key] for key in DUE) - sum(found[key] for key in DEDUCTED)
    found["71"], found["72"] = max(payable, 0), max(-payable, 0)
    return BelgianReturn(
        period=wanted.code,
        currency=actor.currency,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        due_on=due_on(wanted),
        grids=[
            GridRow(
                grid=each.key,
                section=each.section,
                name=each.name.in_language(actor.language),
                amount=found[each.key],
            )
            for each in grids()
        ],
        payable=payable,
        negative=[key for key, amount in found.items() if amount < 0],
    )


def due_on(period: TaxPeriod) -> date:
    """The last day to file: the 20th of the month behind it, since 2025 the 25th for a quarter.

    Royal decree no. 1, art. 18, as of 1 January 2025.
    """
    late = period.rhythm == "quarter" and period.ends_on >= date(2025, 1, 1)
    return (period.ends_on + DAY).replace(day=25 if late else 20)


def credit(source: Source) -> str:
    """SQL for whether a fact takes something back."""
    if source.name == "entry":
        return "(fact.base < 0 OR (fact.base = 0 AND fact.amount < 0))"
    return "(doc.kind = 'credit_note')"


def _put(actor: Actor, source: Source, scope: Scope) -> Iterable[tuple[str, int]]:
    """What facts put into grids, but for 81 to 83."""
    where, params = where_of(actor, source, scope)
    back = f"CASE WHEN {credit(source)} THEN 1 ELSE 0 END"
    sums = ", ".join(
        f"CAST(SUM({each}) AS bigint)" for each in (source.base, source.tax, source.deductible)
    )
    rows = fetch(
        f"SELECT code.use, code.ground, fact.rate, {back}, {sums}{source.tables}{where}"
        f" GROUP BY code.use, code.ground, fact.rate, {back}",
        params,
    )
    for use, ground, rate, taken_back, base, tax, deductible in rows:
        of = ways(use).get(ground)
        if of is None:
            continue
        if not taken_back:
            yield of.base_at(Decimal(rate).scaleb(-SCALE)), base
            yield of.tax, tax
            if use == "purchase":
                yield "59", deductible
            continue
        yield of.credit, -base
        yield of.credit_tax, -tax
        if use == "purchase":
            yield "63", -deductible
            if of.tax:
                yield "62", -tax


def _by_part(actor: Actor, scope: Scope) -> Iterable[tuple[str, int]]:
    """What purchases put into 81 to 83: their base with the tax that can't be deducted."""
    by_name = {each.name: each for each in SOURCES}
    of_invoices, of_entries = by_name["purchase"], by_name["entry"]
    grounds = list(ways("purchase"))
    among = f" AND code.use = 'purchase' AND code.ground IN ({', '.join(['%s'] * len(grounds))})"
    where, params = where_of(actor, of_invoices, scope)
    at_par = f"{among} AND fact.own_base = fact.base"
    lines = f"SELECT {_PART} AS part, {_SIGN} * line.net AS amount{_LINES}{where}{at_par}"
    # Beside what the lines say: tax that is cost, and what stands on no line.
    nets = (
        "COALESCE((SELECT SUM(line.net) FROM finance_purchase_line line"
        " WHERE line.invoice_id = doc.id AND line.tax_code_id = fact.tax_code_id), 0)"
    )
    rest = (
        f"SELECT {_OF_INVOICE} AS part, {of_invoices.base} - {_SIGN} * {nets}"
        f" + {of_invoices.tax} - {of_invoices.deductible} AS amount"
        f"{of_invoices.tables}{where}{at_par}"
    )
    entry_where, entry_params = where_of(actor, of_entries, scope)
    entries = (
        f"SELECT {_OF_ENTRY} AS part, fact.base + fact.amount - fact.deductible AS amount"
        f"{of_entries.tables}{entry_where}{among}"
    )
    for sql, given in ((lines, params), (rest, params), (entries, entry_params)):
        rows = fetch(
            f"SELECT part, CAST(SUM(amount) AS bigint) FROM ({sql}) parts GROUP BY part",  # noqa: S608
            [*given, *grounds],
        )
        for part, amount in rows:
            yield part or SERVICES, int(amount)
    yield from _in_books(where, [*params, *grounds], among)


def _in_books(where: str, params: list[Any], among: str) -> Iterable[tuple[str, int]]:
    """What purchases in another currency put into 81 to 83, line by line as they were booked.

    Each line is its share of the base in the currency of the books, rounded half up; the largest
    has what that leaves, and the tax that can't be deducted. Not summed by the database, whose
    whole numbers are too small for the product of two amounts.
    """
    rows = fetch(
        f"SELECT fact.id, {_PART}, {_SIGN}, line.net, fact.base, fact.own_base,"
        f" fact.own_amount - fact.own_deductible{_LINES}{where}{among}"
        " AND fact.own_base <> fact.base ORDER BY fact.id, line.n",
        params,
    )
    for _fact, found in groupby(rows, key=lambda row: row[0]):
        some = list(found)
        _key, _part, sign, _net, base, own_base, cost = some[0]
        way = -1 if base < 0 else 1
        parts = [half_up_ratio(way * net * own_base, abs(base)) if base else 0
                 for _key, _part, _sign, net, *_rest in some]  # fmt: skip
        largest = max(range(len(some)), key=lambda n: abs(some[n][3]))
        parts[largest] += own_base - sum(parts) + cost
        for (_key, part, *_rest), amount in zip(some, parts, strict=True):
            yield part, sign * amount


def in_grid(source: Source, grid: str) -> tuple[str, list[Any]]:
    """The condition of a fact being in a grid, as SQL with its parameters."""
    back = credit(source)
    parts, values = ["1 = 0"], list[Any]()
    for use in ("sale", "purchase"):
        for ground, of in ways(use).items():
            one = f"code.use = '{use}' AND code.ground = %s"
            rates = [rate for rate, key in of.rates if key == grid]
            if grid in (of.base, of.tax) or rates:
                slots = f" AND fact.rate IN ({', '.join(['%s'] * len(rates))})" if rates else ""
                parts.append(f"({one} AND NOT {back}{slots})")
                values += [ground, *(int(Decimal(rate) * MICRO) for rate in rates)]
            if grid in (of.credit, of.credit_tax) or (
                grid == "62" and use == "purchase" and of.tax
            ):
                parts.append(f"({one} AND {back})")
                values.append(ground)
    if grid in ("59", "63"):
        sign = "" if grid == "63" else "NOT "
        parts.append(f"(code.use = 'purchase' AND {source.deductible} <> 0 AND {sign}{back})")
    if grid in PARTS and source.name != "invoice":
        grounds = list(ways("purchase"))
        slots = ", ".join(["%s"] * len(grounds))
        of_lines = (
            f"EXISTS (SELECT 1 FROM finance_purchase_line line JOIN finance_account account"  # noqa: S608
            " ON account.id = line.account_id WHERE line.invoice_id = doc.id"
            f" AND line.tax_code_id = fact.tax_code_id AND {_PART} = %s)"
        )
        where = of_lines if source.name == "purchase" else f"{_OF_ENTRY} = %s"
        parts.append(f"(code.use = 'purchase' AND code.ground IN ({slots}) AND {where})")
        values += [*grounds, grid]
    return f"({' OR '.join(parts)})", values
