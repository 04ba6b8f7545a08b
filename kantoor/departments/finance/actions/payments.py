"""Book payments received: bank against receivables, settled with what they pay."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.allocation import Paid, allocate
from kantoor.departments.finance.actions.checking import known_currency
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.settling import write_settlements
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.drafts_invoices import Payment, PaymentsReceived
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    NothingToSettle,
    UnknownAccount,
    UnknownInvoice,
    UnknownParty,
)
from kantoor.departments.finance.events import ItemsSettled
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.invoice_keys import invoice_keys
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.lookup import fetch, rows_by_key

PERMISSION = "finance.receive_payment"
LONGEST_TEXT, LONGEST_REFERENCE = 200, 80


@action(permission=PERMISSION, title=_("Book payments received"), bulk_of="finance.receive_payment")
def receive_payments(actor: Actor, /, *, payments: Sequence[Payment]) -> PaymentsReceived:
    """Book money received or paid back, all or none, and settle it with what it pays.

    A payment for an invoice settles with that, one from a party with what is due first (Dutch
    Civil Code 6:43); what is left over stays open in the party's favour. Raises UnknownInvoice,
    UnknownParty, UnknownAccount, AmountOutOfRange, ClosedPeriod or InvalidInput; the line is the
    payment's place, from 1.
    """
    if not payments:
        raise InvalidInput(_("There is no payment to book."), field="payments")
    books = _Books(actor, payments)
    ready = [books.ready(place, payment) for place, payment in enumerate(payments, 1)]
    written = write_entries(actor, [each.entry for each in ready], (), books.calendar).keys
    lines = items_of_entries(actor.company_id, written)
    paid = [
        Paid(
            lines[key][0],
            each.party_id,
            each.amount,
            each.invoice_entry,
            each.place,
            each.entry.lines[1].currency,
        )
        for key, each in zip(written, ready, strict=True)
    ]
    write_settlements(actor, allocate(actor.company_id, paid), books.calendar)
    numbers = entry_numbers([written[0], written[-1]])
    unsettled = _open_of([each.line_id for each in paid])
    settled = sum(abs(each.entry.lines[1].amount) for each in ready) - unsettled
    publish(ItemsSettled(actor.company_id, settled))
    return PaymentsReceived(
        len(ready),
        numbers[written[0]],
        numbers[written[-1]],
        settled,
        unsettled,
    )


def _open_of(lines: Sequence[int]) -> int:
    """What is open of items, without sign, in the company's currency."""
    sql = "SELECT line_id, open FROM finance_open_item WHERE line_id IN ({})"
    return sum(abs(still) for still in rows_by_key(sql, [], lines).values())


@action(permission=PERMISSION, title=_("Book a payment received"))
def receive_payment(
    actor: Actor,
    /,
    *,
    date: date,
    amount: int,
    invoice: str = "",
    party: str = "",
    account: str = "",
    reference: str = "",
    text: str = "",
    currency: str = "",
    own_amount: int | None = None,
) -> PaymentsReceived:
    """Book one payment (in minor units), for an invoice or from a party; see the bulk form."""
    payment = Payment(
        date=date,
        amount=amount,
        invoice=invoice,
        party=party,
        account=account,
        reference=reference,
        text=text,
        currency=currency,
        own_amount=own_amount,
    )
    return receive_payments(actor, payments=[payment])


class _Ready(NamedTuple):
    """A checked payment; `invoice_entry` is the entry of the invoice it is for."""

    entry: ReadyEntry
    party_id: int
    amount: int
    invoice_entry: int | None
    place: int


class _Books:
    """What payments are checked against, looked up once."""

    def __init__(self, actor: Actor, payments: Sequence[Payment]) -> None:
        company_id = actor.company_id
        self.actor = actor
        self.calendar = Calendar(actor)
        roles = accounts_by_role(company_id)
        self.receivables = account_with_role(roles, "receivables")
        self.invoices = invoice_keys(company_id, [each.invoice for each in payments])
        self.parties = rows_by_key(
            "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
            [company_id],
            {each.party for each in payments if each.party},
        )
        money = fetch(
            "SELECT code, id, role FROM finance_account"
            " WHERE company_id = %s AND active AND kind IN ('asset', 'liability')",
            [company_id],
        )
        self.accounts = {code: (key, role) for code, key, role in money}
        if any(not each.account for each in payments):
            self.accounts[""] = (account_with_role(roles, "bank"), "bank")
        self._journals: dict[str, int] = {}
        self.rates = Rates(
            actor, [(each.currency, each.date.isoformat()) for each in payments if each.currency]
        )

    def ready(self, place: int, payment: Payment) -> _Ready:
        """The entry of a payment; raises with its place."""
        amount = payment.amount
        if not amount or not -LARGEST <= amount <= LARGEST:
            message = _("A payment has an amount, within 64 bits.")
            raise AmountOutOfRange(message, field="amount", line=place)
        for field, longest in (("text", LONGEST_TEXT), ("reference", LONGEST_REFERENCE)):
            value = getattr(payment, field)
            if len(value) > longest or "\0" in value:
                most = _("This has at most {most} characters, and no NUL.")
                raise InvalidInput(most.format(most=longest), field=field, line=place)
        party_id, invoice_entry = self._payer(payment, place)
        account_id, role = self._account(payment, place)
        own, currency = self.actor.currency, payment.currency or self.actor.currency
        worth = self._worth(payment, place)
        came_in = (own, worth) if payment.own_amount is not None else (currency, amount)
        lines = [
            ReadyLine(account_id, worth, *came_in, None, 0, ""),
            ReadyLine(self.receivables, -worth, currency, -amount, party_id, 0, ""),
        ]
        entry = ReadyEntry(
            self._journal("cash" if role == "cash" else "bank"),
            payment.date.isoformat(),
            payment.text or payment.invoice,
            payment.reference,
            "",
            None,
            lines,
            place,
        )
        return _Ready(entry, party_id, amount, invoice_entry, place)

    def _worth(self, payment: Payment, place: int) -> int:
        """The amount in the company's currency: what came in, else by the rate of the day."""
        own = self.actor.currency
        if payment.currency in ("", own):
            if payment.own_amount not in (None, payment.amount):
                message = _("In {own} both amounts are the same.").format(own=own)
                raise InvalidInput(message, field="own_amount", line=place)
            return payment.amount
        known_currency(payment.currency)
        worth = payment.own_amount
        if worth is None:
            rate = self.rates.on(payment.currency, payment.date.isoformat(), place)
            worth = rate.to_own(payment.amount)
        if not worth or (worth > 0) != (payment.amount > 0) or abs(worth) > LARGEST:
            words = _("Both amounts of a payment come in, or both are paid back.")
            raise AmountOutOfRange(words, field="own_amount", line=place)
        return worth

    def _payer(self, payment: Payment, place: int) -> tuple[int, int | None]:
        if payment.invoice:
            invoice = self.invoices.get(payment.invoice)
            if invoice is None:
                message = _("There is no invoice “{number}”.")
                said = message.format(number=payment.invoice[:40])
                raise UnknownInvoice(said, field="invoice", line=place)
            if payment.party and self.parties.get(payment.party) != invoice.party_id:
                message = _("{number} is not an invoice to this party.")
                said = message.format(number=payment.invoice)
                raise UnknownParty(said, field="party", line=place)
            if invoice.entry_id is None:
                message = _("{number} is of nought: there is nothing to pay.")
                said = message.format(number=payment.invoice)
                raise NothingToSettle(said, field="invoice", line=place)
            return invoice.party_id, invoice.entry_id
        if payment.party not in self.parties:
            message = _("There is no party “{code}”.")
            if not payment.party:
                message = _("Say which invoice is paid, or who paid.")
            said = message.format(code=payment.party[:40])
            raise UnknownParty(said, field="party", line=place)
        return self.parties[payment.party], None

    def _account(self, payment: Payment, place: int) -> tuple[int, str]:
        found = self.accounts.get(payment.account)
        if found is None or found[0] == self.receivables:
            message = _("There is no bank or cash account “{code}” in use.")
            said = message.format(code=payment.account[:40])
            raise UnknownAccount(said, field="account", line=place)
        return found

    def _journal(self, kind: str) -> int:
        if kind not in self._journals:
            self._journals[kind] = journal_of_kind(self.actor.company_id, kind)
        return self._journals[kind]
