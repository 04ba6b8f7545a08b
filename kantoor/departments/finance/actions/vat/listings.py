"""File the ICP listing and the OSS return: their lines are frozen, and corrected by the next one."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.particulars import Buyers
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.vat.filing import (
    PERMISSION,
    Filed,
    always,
    last_entry,
    lock_facts,
    refuse_changed,
    refuse_order,
    refuse_unfinished,
)
from kantoor.departments.finance.drafts import ReadyEntry
from kantoor.departments.finance.errors import NotToFile
from kantoor.departments.finance.models import VatListingLine, VatReturn
from kantoor.departments.finance.models.vat import ICP, OSS
from kantoor.departments.finance.queries.currency.conversion import rate_on
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.departments.finance.queries.vat.facts import chain_of, late_scopes, own_scope
from kantoor.departments.finance.queries.vat.listings import Kind, Row, listing_period, rows_of
from kantoor.departments.finance.vat_periods import TaxPeriod, period_coded
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows


@action(permission=PERMISSION, title=_("File an ICP listing"), second_pair=always)
def file_icp_listing(actor: Actor, /, *, period: str) -> Filed:
    """File the supplies to businesses in the EU of a period, with corrections of earlier ones.

    Raises NotToFile for a period whose turn it is not or that is not over, and for a customer
    without a VAT number; InvalidInput.
    """
    return _file(actor, ICP, period, None)


@action(permission=PERMISSION, title=_("File an OSS return"), second_pair=always)
def file_oss_return(actor: Actor, /, *, period: str, payable: int | None = None) -> Filed:
    """File the sales to consumers in the EU of a quarter, and book what is owed.

    `payable` is the amount that was looked at, in cents: the return is in euros whatever the
    currency of the books, which take it at the rate of the last day of the quarter. Raises
    NotToFile for a period whose turn it is not, InvalidInput, MissingRate.
    """
    return _file(actor, OSS, period, payable)


def _file(actor: Actor, kind: Kind, period: str, looked_at: int | None) -> Filed:
    wanted = period_coded(period)
    lock_facts(actor, wanted.ends_on)
    filed = chain_of(actor.company_id, kind)
    refuse_unfinished(actor, wanted)
    refuse_order(actor, wanted, filed, listing_period(actor, kind, wanted.starts_on).rhythm)
    rows = rows_of(actor, kind, [own_scope(wanted.starts_on, wanted.ends_on), *late_scopes(filed)])
    if kind == ICP:
        _refuse_missing(rows)
    payable = sum(row.tax for row in rows)
    refuse_changed(looked_at, payable)
    key = take_ids(VatReturn, 1)
    mark = last_entry()
    entry_id, entry = _book(actor, wanted, key, rows)
    lines = _lines(actor, key, kind, rows, [*filed], wanted)
    if lines:
        first = take_ids(VatListingLine, len(lines))
        insert_rows(VatListingLine, [(n, *line) for n, line in enumerate(lines, first)])
    insert_rows(
        VatReturn,
        [
            (key, actor.company_id, kind, kind, len(filed) + 1, wanted.code, actor.country,
             wanted.starts_on.isoformat(), wanted.ends_on.isoformat(), today_of(actor).isoformat(), mark,
             payable, 0, "", len(lines), entry_id)
        ],
    )  # fmt: skip
    return Filed(wanted.code, payable, "", entry)


def _refuse_missing(rows: list[Row]) -> None:
    without = sorted({row.party or "?" for row in rows if not row.vat_number})
    if without:
        message = _("These customers have no VAT number: {parties}. Credit and invoice anew.")
        raise NotToFile(message.format(parties=", ".join(without[:10])))


def _lines(
    actor: Actor, key: int, kind: Kind, rows: list[Row], filed: list[VatReturn], own: TaxPeriod
) -> list[tuple[object, ...]]:
    """The lines of periods, months of one added up."""
    buyers = _buyers(actor, rows) if kind == ICP else {}
    spans = [(each.starts_on, each.ends_on) for each in filed]
    spans.append((own.starts_on, own.ends_on))
    sums: dict[tuple[object, ...], list[int]] = {}
    for row in sorted(rows, key=lambda row: (row.country, row.vat_number, row.what, row.rate)):
        day = date.fromisoformat(f"{row.month}-01")
        start = next(first for first, last in spans if first <= day <= last)
        buyer = row.buyer or buyers.get((row.party_id or 0, row.country, row.vat_number))
        line = (key, start.isoformat(), row.country, row.what, row.rate, buyer)
        had = sums.setdefault(line, [0, 0])
        had[0] += row.base
        had[1] += row.tax
    in_order = sorted(sums.items(), key=lambda item: str(item[0][1]))
    return [(*line, base, tax) for line, (base, tax) in in_order if base or tax]


def _buyers(actor: Actor, rows: list[Row]) -> dict[tuple[int, str, str], int]:
    """Copies of the customers whom only manual entries name."""
    wanted = [
        (row.party_id, row.country, row.vat_number)
        for row in rows
        if row.buyer is None and row.party_id is not None
    ]
    if not wanted:
        return {}
    buyers = Buyers(actor.company_id, [party for party, _country, _number in wanted])
    copies = {asked: buyers.note(*asked, None) for asked in wanted}
    keys = buyers.keep()
    return {asked: keys[copy] for asked, copy in copies.items()}


def _book(actor: Actor, period: TaxPeriod, key: int, rows: list[Row]) -> tuple[int | None, str]:
    """What stands as VAT payable of these sales becomes what is owed to the authority, in euros."""
    payable, standing = sum(row.tax for row in rows), sum(row.own for row in rows)
    if not payable and not standing:
        return None, ""
    owed = _in_books(actor, payable, period.ends_on)
    roles = accounts_by_role(actor.company_id)
    own = actor.currency
    amounts = (
        ("vat_payable", standing, own, standing),
        ("vat_settlement", -owed, "EUR", -payable),
        # Sold at the rate of its day, declared at that of the last day.
        ("exchange_difference", owed - standing, own, owed - standing),
    )
    lines = [
        (account_with_role(roles, role), amount, currency, said, None, 0, "")
        for role, amount, currency, said in amounts
        if amount
    ]
    calendar = Calendar(actor)
    on = calendar.open_from(period.ends_on.isoformat())
    text = str(_("OSS return {code}")).format(code=period.code)
    journal = journal_of_kind(actor.company_id, "general")
    origin = f"finance.vat_return/{key}"
    ready = ReadyEntry(journal, on, text, period.code, origin, None, lines)  # type: ignore[arg-type]
    entry = write_entries(actor, [ready], calendar=calendar).keys[0]
    return entry, entry_numbers([entry])[entry]


def _in_books(actor: Actor, cents: int, day: date) -> int:
    """Euros in the currency of the books on a day; raises MissingRate."""
    if actor.currency == "EUR" or not cents:
        return cents
    return rate_on(actor, "EUR", day).to_own(cents)
