"""Write off what a customer will never pay: the loss, and the VAT that comes back with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.open_items import Item, items_of_lines
from kantoor.departments.finance.actions.settling import Settling, write_settlements
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.drafts_collecting import WriteOffDraft, WrittenOff
from kantoor.departments.finance.errors import NothingToSettle, TooMuch
from kantoor.departments.finance.events import ItemsSettled
from kantoor.departments.finance.models import EntryTax
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.item_numbers import item_lines, items_of_entries
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import Money, half_up_ratio
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

WRITE_OFF = "finance.write_off"
MOST = 1_000


class Relief(NamedTuple):
    """The VAT of one tax code in what is written off; `rate` is scaled 10**-6."""

    code_id: int
    category: str
    rate: int
    account: int | None
    base: int
    amount: int


def _above_limit(actor: Actor, given: Mapping[str, Any]) -> str | None:
    """Why a second person must approve: more than the actor may write off alone."""
    if (most := actor.limit(WRITE_OFF)) is None:
        return None
    wanted: Sequence[WriteOffDraft] = given["items"]
    lines = item_lines(actor.company_id, [each.document for each in wanted])
    keys = [lines.of(each.document, "items", place) for place, each in enumerate(wanted, 1)]
    items = items_of_lines(actor.company_id, keys)
    total = sum(
        items[key].open if each.amount is None else each.amount
        for key, each in zip(keys, wanted, strict=True)
    )
    if total <= most:
        return None
    message = _("Writing off {amount} {currency} is above your limit.")
    said = Money(total, actor.currency).decimal
    return message.format(amount=said, currency=actor.currency)


@action(permission=WRITE_OFF, title=_("Write off bad debts"), second_pair=_above_limit)
def write_off(
    actor: Actor,
    /,
    *,
    items: Sequence[WriteOffDraft],
    why: str,
    on: date | None = None,
    reclaim_vat: bool = True,
) -> WrittenOff:
    """Write off invoices that will not be paid, all or none, whole or in part.

    Each gets an entry: the loss on bad debts, and the VAT taken back from what is owed to the tax
    authority, which `reclaim_vat` leaves out where the right is not there yet (Dutch Wet OB art.
    29: once it is certain that nothing will come, at the latest a year after the due date). It is
    undone by reversing that entry. Raises UnknownInvoice, NothingToSettle, TooMuch, ClosedPeriod,
    InvalidInput; the line is the item's place, from 1.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    if not 0 < len(items) <= MOST:
        raise InvalidInput(_("Name 1 to {most} items.").format(most=MOST), field="items")
    day = on or today_of(actor)
    lines = item_lines(actor.company_id, [each.document for each in items])
    keys = [lines.of(each.document, "items", place) for place, each in enumerate(items, 1)]
    known = items_of_lines(actor.company_id, keys)
    roles = accounts_by_role(actor.company_id)
    receivables = account_with_role(roles, "receivables")
    amounts = [
        _amount(known[key], each, receivables, place)
        for place, (key, each) in enumerate(zip(keys, items, strict=True), 1)
    ]
    if len(set(keys)) < len(keys):
        raise InvalidInput(_("An item is named twice."), field="items")
    reliefs = _reliefs(keys, amounts) if reclaim_vat else [[] for _key in keys]
    entries = [
        _entry(actor, roles, known[key], draft.document, amount, relief, why, day, place)
        for place, (key, draft, amount, relief) in enumerate(
            zip(keys, items, amounts, reliefs, strict=True), 1
        )
    ]
    written = write_entries(actor, entries).keys
    _write_taxes(actor, day, written, [known[key].party_id for key in keys], reliefs)
    fresh = items_of_entries(actor.company_id, written)
    write_settlements(
        actor,
        [
            Settling(key, fresh[entry][0], _said(known[key], amount), place=place)
            for place, (key, entry, amount) in enumerate(
                zip(keys, written, amounts, strict=True), 1
            )
        ],
    )
    publish(ItemsSettled(actor.company_id, sum(amounts)))
    vat = sum(each.amount for relief in reliefs for each in relief)
    number = entry_numbers([written[-1]])[written[-1]]
    return WrittenOff(len(items), sum(amounts), vat, number)


def _amount(item: Item, draft: WriteOffDraft, receivables: int, place: int) -> int:
    if item.open <= 0 or item.account_id != receivables:
        said = _("Nothing of {document} is owed to us.").format(document=draft.document)
        raise NothingToSettle(said, field="items", line=place)
    if draft.amount is not None and item.currency_open != item.open:
        message = _("{document} is in {currency}; it is written off as a whole.")
        said = message.format(document=draft.document, currency=item.currency)
        raise InvalidInput(said, field="amount", line=place)
    amount = item.open if draft.amount is None else draft.amount
    if not 0 < amount <= item.open:
        said = _("Only {open} minor units are open.").format(open=item.open)
        raise TooMuch(said, field="amount", line=place)
    return amount


def _said(item: Item, amount: int) -> int:
    """The amount in the item's own currency, of which a foreign one is written off as a whole."""
    return item.currency_open if amount == item.open else amount


_TAXES = """
SELECT tax.id, item.line_id, tax.tax_code_id, tax.category, tax.rate, code.tax_account_id,
    tax.own_base, tax.own_amount, invoice.own_net + invoice.own_tax
FROM finance_invoice_tax tax
JOIN finance_tax_code code ON code.id = tax.tax_code_id
JOIN finance_invoice invoice ON invoice.id = tax.invoice_id AND invoice.kind = 'invoice'
JOIN finance_open_item item ON item.entry_id = invoice.entry_id
WHERE invoice.gross > 0 AND item.line_id IN ({})
"""


def _reliefs(keys: Sequence[int], amounts: Sequence[int]) -> list[list[Relief]]:
    """The VAT in each amount, as the invoice was taxed; of what no invoice made there is none."""
    by_line: dict[int, list[Relief]] = {key: [] for key in keys}
    wanted = dict(zip(keys, amounts, strict=True))
    for line, code, category, rate, account, base, tax, gross in rows_by_key(
        _TAXES, [], keys
    ).values():
        part = wanted[line]
        relief = Relief(
            code, category, rate, account, half_up_ratio(part * base, gross),
            half_up_ratio(part * tax, gross),
        )  # fmt: skip
        by_line[line].append(relief)
    return [by_line[key] for key in keys]


def _entry(
    actor: Actor,
    roles: dict[str, int],
    item: Item,
    document: str,
    amount: int,
    reliefs: Sequence[Relief],
    why: str,
    on: date,
    place: int,
) -> ReadyEntry:
    own = actor.currency
    moved: dict[int, int] = {}
    for each in reliefs:
        if each.amount and each.account is not None:
            moved[each.account] = moved.get(each.account, 0) + each.amount
    loss = amount - sum(moved.values())
    said = -_said(item, amount)
    lines = [ReadyLine(item.account_id, -amount, item.currency, said, item.party_id, 0, "")]
    for account, part in ((account_with_role(roles, "bad_debt"), loss), *moved.items()):
        if part:
            lines.append(ReadyLine(account, part, own, part, None, 0, ""))
    return ReadyEntry(
        journal_of_kind(actor.company_id, "general"),
        on.isoformat(),
        why.strip()[:200],
        document[:80],
        "",
        None,
        lines,
        place,
    )


def _write_taxes(
    actor: Actor,
    on: date,
    entries: Sequence[int],
    parties: Sequence[int | None],
    reliefs: Sequence[Sequence[Relief]],
) -> None:
    rows = [
        (actor.company_id, entry, on.isoformat(), party, each.code_id, each.category, each.rate,
         -each.base, -each.amount, 0, 1)
        for entry, party, some in zip(entries, parties, reliefs, strict=True)
        for each in some
        if each.amount
    ]  # fmt: skip
    if rows:
        first = take_ids(EntryTax, len(rows))
        insert_rows(EntryTax, [(first + n, *row) for n, row in enumerate(rows)])
