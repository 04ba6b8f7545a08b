"""Mirror what is booked with an affiliate in its own books, and what is reversed.

Only finance's own actions call this, in the transaction that writes the entries: both sides are
there, or neither is. The other company's rows are written by an act of its own in the record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger_rows import write_rows
from kantoor.departments.finance.actions.opposite import opposite_lines
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.reversed_items import close_reversed
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.models import Affiliate, Entry, Mirror
from kantoor.departments.finance.models.groups import BOOKED, WAITING, WITHDRAWN
from kantoor.departments.finance.queries.currency.conversion import Conversion, Rates
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.store.lookup import fetch, rows_by_key

PERMISSION = "finance.accept_mirror"
ORIGIN = "finance.mirror/"


class Seen(NamedTuple):
    """A document with an affiliate, as its maker's books have it."""

    source_id: int
    date: str
    due_on: str
    number: str
    currency: str
    amount: int
    tax: int
    charged: bool


_PAIRS = (
    "SELECT mine.party_id, theirs.id, theirs.company_id FROM finance_affiliate mine"
    " JOIN finance_affiliate theirs ON theirs.company_id = mine.other_id"
    " AND theirs.other_id = mine.company_id WHERE mine.company_id = %s"
)
_ITEMS = (
    "SELECT item.line_id, item.entry_id, item.party_id, CAST(item.date AS text),"
    " CAST(item.due_on AS text), item.currency, item.currency_amount, account.role,"
    " invoice.number, invoice.tax, invoice.kind FROM finance_open_item item"
    " JOIN finance_account account ON account.id = item.account_id"
    " LEFT JOIN finance_invoice invoice ON invoice.entry_id = item.entry_id"
    " WHERE item.company_id = %s AND item.entry_id IN ({})"
)


def mirror(actor: Actor, entries: Iterable[int | None]) -> None:
    """Mirror the documents among these fresh entries that are with affiliates."""
    pairs = {party: (key, company) for party, key, company in fetch(_PAIRS, [actor.company_id])}
    if not pairs:
        return
    keys = [key for key in entries if key]
    numbers = entry_numbers(keys)
    there: dict[tuple[int, int], dict[int, Seen]] = {}
    found = rows_by_key(_ITEMS, [actor.company_id], keys)
    for _line, (entry, party, on, due, currency, said, role, number, tax, kind) in sorted(
        found.items()
    ):
        if party in pairs and said:
            sign = -1 if kind == "credit_note" else 1
            seen = Seen(
                entry, on, due, number or numbers[entry], currency, said, sign * (tax or 0),
                role == "receivables",
            )  # fmt: skip
            documents = there.setdefault(pairs[party], {})
            if before := documents.get(entry):  # One paid in instalments is one document there.
                seen = seen._replace(amount=before.amount + said, due_on=max(before.due_on, due))
            documents[entry] = seen
    for (affiliate, company), documents in there.items():
        other = in_affiliate(actor, company)
        take_in_mirrors(other, affiliate=affiliate, documents=list(documents.values()))


def in_affiliate(actor: Actor, company_id: int) -> Actor:
    """The same person as what they book reaches another company: with this one permission."""
    company = Company.objects.get(pk=company_id)
    return replace(
        actor,
        company_id=company.pk,
        currency=company.currency,
        country=company.country,
        permissions=frozenset({PERMISSION}),
        limits={},
        excluded=frozenset(),
        scopes=frozenset(),
    )


@action(permission=PERMISSION, title=_("Take in what an affiliate booked"), hidden=True)
def take_in_mirrors(actor: Actor, /, *, affiliate: int, documents: Sequence[Seen]) -> int:
    """Keep documents of an affiliate to be accepted, or book them where that was agreed on.

    One that can't be booked now (a closed period, no rate of the day) waits. Gives how many.
    """
    relation = Affiliate.objects.filter(pk=affiliate, company_id=actor.company_id).first()
    # No face takes this call: who makes it has looked the affiliate up.
    assert relation is not None, "an affiliate of this company"
    made = Mirror.objects.bulk_create(
        Mirror(
            company_id=actor.company_id,
            affiliate=relation,
            source_id=each.source_id,
            date=each.date,
            due_on=each.due_on,
            number=each.number,
            currency=each.currency,
            amount=each.amount,
            tax=each.tax,
            charged=each.charged,
            state=WAITING,
            why="",
        )
        for each in documents
    )
    if relation.at_once:
        calendar = Calendar(actor)
        rates = Rates(actor, [(each.currency, str(each.date)) for each in made])
        ready = [
            each
            for each in made
            if calendar.open_from(str(each.date)) == str(each.date)
            and rates.find(each.currency, str(each.date)) is not None
        ]
        book(actor, ready, relation.account_id, calendar, rates)
    return len(made)


def book(
    actor: Actor, mirrors: Sequence[Mirror], account_id: int, calendar: Calendar, rates: Rates
) -> None:
    """Book mirrors: what the affiliate is owed stands here as payable, and the other way round."""
    if not mirrors:
        return
    roles = accounts_by_role(actor.company_id)
    journal = journal_of_kind(actor.company_id, "general")
    entries = []
    for each in mirrors:
        on = str(each.date)
        rate = rates.on(each.currency, on)
        control = account_with_role(roles, "payables" if each.charged else "receivables")
        tax = account_with_role(roles, "vat_receivable") if each.tax else 0
        lines = _lines(each, rate, (control, account_id, tax))
        entries.append(
            ReadyEntry(journal, on, each.number, each.number, f"{ORIGIN}{each.pk}", None, lines)
        )
    due = [str(each.due_on) for each in mirrors]
    written = write_rows(actor, entries, due, calendar).keys
    for each, key in zip(mirrors, written, strict=True):
        each.entry_id, each.state = key, BOOKED
    Mirror.objects.bulk_update(mirrors, ["entry", "state"])


def _lines(mirror: Mirror, rate: Conversion, accounts: tuple[int, int, int]) -> list[ReadyLine]:
    control, account, vat = accounts
    gross, tax = rate.to_own(mirror.amount), rate.to_own(mirror.tax)
    currency, party = mirror.currency, mirror.affiliate.party_id
    rows = [
        (control, -gross, -mirror.amount, party),
        (account, gross - tax, mirror.amount - mirror.tax, None),
        (vat, tax, mirror.tax, None),
    ]
    return [ReadyLine(key, own, currency, said, of, 0, "") for key, own, said, of in rows if own]


def mirror_reversals(actor: Actor, reversals: Mapping[int, str]) -> None:
    """Withdraw the mirrors of entries that were reversed on these days, or reverse what booked them."""
    by_company: dict[int, list[int]] = {}
    for start in range(0, len(reversals), 500):
        some = list(reversals)[start : start + 500]
        for pk, company in Mirror.objects.filter(
            source_id__in=some, state__in=(WAITING, BOOKED)
        ).values_list("pk", "company_id"):
            by_company.setdefault(company, []).append(pk)
    for company, keys in by_company.items():
        withdraw_mirrors(in_affiliate(actor, company), mirrors=keys, days=dict(reversals))


@action(permission=PERMISSION, title=_("Withdraw what an affiliate reversed"), hidden=True)
def withdraw_mirrors(actor: Actor, /, *, mirrors: Sequence[int], days: Mapping[int, str]) -> int:
    """Withdraw documents that their maker reversed; what is booked here is reversed the same day.

    Where that day's period is closed here, on the first open day after it. Gives how many.
    """
    found = list(Mirror.objects.filter(pk__in=mirrors, company_id=actor.company_id))
    booked = [each for each in found if each.entry_id]
    if booked:
        _reverse(actor, booked, days)
    for each in found:
        each.state = WITHDRAWN
    Mirror.objects.bulk_update(found, ["state"])
    return len(found)


def _reverse(actor: Actor, booked: Sequence[Mirror], days: Mapping[int, str]) -> None:
    calendar = Calendar(actor)
    keys = [each.entry_id for each in booked if each.entry_id]
    lines, numbers = opposite_lines(keys), entry_numbers(keys)
    originals = {each.pk: each for each in Entry.objects.filter(pk__in=keys)}
    ready = []
    for each in booked:
        assert each.entry_id
        on = calendar.open_from(max(days[each.source_id], str(originals[each.entry_id].date)))
        text = str(_("Reversal of {number}").format(number=numbers[each.entry_id]))
        ready.append(
            ReadyEntry(
                originals[each.entry_id].journal_id, on, text, each.number, f"{ORIGIN}{each.pk}",
                each.entry_id, lines[each.entry_id],
            )
        )  # fmt: skip
    written = write_rows(actor, ready, (), calendar).keys
    reversals = [
        (entry.reverses_id or 0, key, entry.date, None)
        for entry, key in zip(ready, written, strict=True)
    ]
    close_reversed(actor, reversals, calendar)
