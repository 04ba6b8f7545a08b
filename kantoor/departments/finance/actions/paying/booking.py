"""Book payment runs: what is owed against payments under way, until the bank's statement comes.

See docs/decisions/0043: the invoice is paid when the file is made, since it must not be paid
again; the money leaves the bank account when the bank says so.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.paying.discounts import (
    DiscountTax,
    taxes_in_discounts,
    write_taxes,
)
from kantoor.departments.finance.actions.settling import Settling, write_settlements
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.models import PaymentItem, PaymentOrder, PaymentRun
from kantoor.departments.finance.models.payments import DEBIT
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actors.actor import Actor


def book_orders(
    actor: Actor, run: PaymentRun, orders: Sequence[PaymentOrder], on: date, *, back: bool = False
) -> tuple[int, list[tuple[int | None, int]]]:
    """Post what orders pay (with `back` its opposite) in one entry.

    Gives the entry, and for each order its line on the party's account and that under way. A
    sealed one has none of a party.
    """
    roles = accounts_by_role(actor.company_id)
    transfer = run.kind != DEBIT
    party_account = account_with_role(roles, "payables" if transfer else "receivables")
    under_way = f"{'payments' if transfer else 'collections'}_in_transit"
    transit = account_with_role(roles, under_way)
    sign = (1 if transfer else -1) * (-1 if back else 1)
    own = run.currency
    lines: list[ReadyLine] = []
    for each in orders:
        whole = sign * (each.amount + each.discount)
        owed = each.owed_id or party_account
        for account, amount in ((owed, whole), (transit, -sign * each.amount)):
            lines.append(ReadyLine(account, amount, own, amount, each.party_id, 0, each.end_to_end))
    taxes = taxes_in_discounts([each.pk for each in orders if each.discount])
    lines += _discounts(run, orders, taxes, sign, roles)
    entry = ReadyEntry(
        journal_of_kind(actor.company_id, "general"),
        on.isoformat(),
        run.number,
        run.message_id,
        f"finance.payment_run/{run.pk}",
        None,
        lines,
    )
    key = write_entries(actor, [entry]).keys[0]
    write_taxes(actor, key, on.isoformat(), taxes, sign)
    found = items_of_entries(actor.company_id, [key])[key]
    if all(each.sealed_by for each in orders):
        return key, [(None, line) for line in found]
    assert len(found) == 2 * len(orders)
    return key, list(zip(found[::2], found[1::2], strict=True))


def _discounts(
    run: PaymentRun,
    orders: Sequence[PaymentOrder],
    taxes: Sequence[DiscountTax],
    sign: int,
    roles: dict[str, int],
) -> list[ReadyLine]:
    """What is kept back for paying early: less input tax by its code, the rest is ours."""
    left = sum(each.discount for each in orders)
    if not left:
        return []
    amounts: dict[int, int] = {}
    for each in taxes:
        if each.deductible and each.input_account is not None:
            amounts[each.input_account] = amounts.get(each.input_account, 0) + each.deductible
            left -= each.deductible
    kept = account_with_role(roles, "discount_received")
    amounts[kept] = amounts.get(kept, 0) + left
    own = run.currency
    return [
        ReadyLine(account, -sign * amount, own, -sign * amount, None, 0, run.number)
        for account, amount in amounts.items()
        if amount
    ]


def settle_orders(
    actor: Actor, kind: str, orders: Sequence[PaymentOrder], lines: Sequence[int]
) -> None:
    """Settle the orders' items: credit notes with invoices first, the rest with the payment."""
    by_order: dict[int, list[PaymentItem]] = {each.pk: [] for each in orders}
    for item in PaymentItem.objects.filter(order_id__in=by_order).order_by("pk"):
        by_order[item.order_id].append(item)
    wanted: list[Settling] = []
    for place, (order, line) in enumerate(zip(orders, lines, strict=True), 1):
        wanted += _settling(kind, by_order[order.pk], line, order, place)
    write_settlements(actor, wanted)


def _settling(
    kind: str, items: Iterable[PaymentItem], line: int, order: PaymentOrder, place: int
) -> Iterable[Settling]:
    listed = list(items)
    sources = deque([item.line_id, -item.amount] for item in listed if item.amount < 0)
    sources.append([line, order.amount + order.discount])
    for item in listed:
        left = item.amount + item.discount if item.amount > 0 else 0
        while left:
            key, amount = sources[0]
            taken = min(left, amount)
            pair = (key, item.line_id) if kind != DEBIT else (item.line_id, key)
            yield Settling(*pair, taken, place=place)
            left -= taken
            sources[0][1] -= taken
            if not sources[0][1]:
                sources.popleft()
    assert not sources, "an order pays just what its items are"
