"""Check purchase invoices that are handed in against the company's books, before writing them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import known_currency
from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.actions.payables.rows import ReadyLine, ReadyPurchase
from kantoor.departments.finance.actions.payables.sums import taxes_of, totals_of
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule
from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.dates import EARLIEST, LATEST, out_of_range
from kantoor.departments.finance.drafts_purchases import NO_TAX, PurchaseDraft, PurchaseLineDraft
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    EmptyInvoice,
    UnknownAccount,
    UnknownDimension,
    UnknownInvoice,
    UnknownParty,
    UnknownTaxCode,
    WrongTotal,
)
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models.payables import CREDIT_NOTE, INVOICE, PROPOSED
from kantoor.departments.finance.queries.payables.accounts import cost_accounts
from kantoor.departments.finance.queries.payables.numbers import PurchaseKey, purchase_keys
from kantoor.departments.finance.queries.payables.order_lines import OrderedLine, order_lines
from kantoor.departments.finance.queries.payables.terms import Terms, terms_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.numbers import line_amount
from kantoor.kernel.intake.problems import Refused
from kantoor.kernel.money import LARGEST, MICRO, exponent, half_up_ratio

MOST_LINES = 10_000
LENGTHS = {
    "reference": 80, "payment_reference": 80, "iban": 34, "order_reference": 80, "text": 500,
}  # fmt: skip


class Discount(NamedTuple):
    """What is given off for paying early, in minor units, and until when; nothing is None."""

    amount: int
    until: str | None


def discount_of(gross: int, percent: Decimal, until: date | None) -> Discount:
    """The discount on a gross amount, rounded half up."""
    scaled = in_millionths(percent)
    if not scaled or until is None:
        return Discount(0, None)
    return Discount(half_up_ratio(gross * scaled, 100 * MICRO), until.isoformat())


class PurchaseChecks:
    """What drafts are checked against, looked up once for all of them."""

    def __init__(self, actor: Actor, drafts: Sequence[PurchaseDraft]) -> None:
        self.actor = actor
        company_id = actor.company_id
        lines = [line for draft in drafts for line in draft.lines]
        self.suppliers = terms_of(company_id, {draft.supplier for draft in drafts})
        self.accounts = cost_accounts(company_id, {line.account for line in lines if line.account})
        self.dimensions = dimension_sets(actor, lines)
        self.credited: Mapping[str, PurchaseKey] = purchase_keys(
            company_id, {draft.credits for draft in drafts if draft.credits}
        )
        self.ordered = order_lines(company_id, {line.order_line for line in lines})
        self.taxes = TaxCodes(company_id, actor.country)
        self.today = timezone.localdate()
        self._named: dict[tuple[str, date], PurchaseRule] = {}

    def ready(self, place: int | None, draft: PurchaseDraft) -> ReadyPurchase:
        """The invoice as it will be written; raises with its place, or its line where it is one."""
        terms = self.terms(draft.supplier, place)
        self._refuse_texts(draft, place)
        currency = known_currency(draft.currency or self.actor.currency, place)
        if not 0 < len(draft.lines) <= MOST_LINES:
            message = _("An invoice has 1 to {most} lines.")
            raise EmptyInvoice(message.format(most=MOST_LINES), field="lines", line=place)
        self.check_date(draft.date, "date", place)
        lines = [
            self._line(line, terms, (draft.date, currency), n if place is None else place)
            for n, line in enumerate(draft.lines, 1)
        ]
        said = {self.tax(each.tax, draft.date, place).id: each.amount for each in draft.taxes}
        taxes = taxes_of(lines, said, place)
        net, tax = totals_of(lines, taxes, place)
        if draft.gross is not None and draft.gross != net + tax:
            message = _("The lines and VAT add up to {sum} minor units, not to {gross}.")
            words = message.format(sum=net + tax, gross=draft.gross)
            raise WrongTotal(words, field="gross", line=place)
        due_on = draft.due_on or draft.date + timedelta(days=terms.payment_days)
        self.check_date(due_on, "due_on", place)
        off = self._discount(draft, terms, net + tax, place)
        return ReadyPurchase(
            state=PROPOSED,
            party_id=terms.party_id,
            subject_id=terms.subject_id,
            seller=terms.name,
            reference=draft.reference.strip(),
            received_on=(draft.received_on or self.today).isoformat(),
            date=draft.date.isoformat(),
            due_on=due_on.isoformat(),
            currency=currency,
            net=net,
            tax=tax,
            lines=lines,
            taxes=taxes,
            kind=CREDIT_NOTE if draft.credit or draft.credits else INVOICE,
            discount=off.amount,
            discount_on=off.until,
            payment_reference=draft.payment_reference.strip(),
            iban=draft.iban.replace(" ", "").upper(),
            order_reference=draft.order_reference.strip(),
            text=draft.text.strip(),
            credits_id=self._credited(draft, terms, place),
        )

    def terms(self, supplier: str, place: int | None) -> Terms:
        """The supplier by code; raises UnknownParty."""
        found = self.suppliers.get(supplier)
        if found is None:
            message = _("There is no supplier “{code}”.").format(code=supplier[:40])
            raise UnknownParty(message, field="supplier", line=place)
        return found

    def tax(self, code: str, on: date, place: int | None) -> PurchaseRule:
        """The tax by its code, looked up once for each day."""
        if (code, on) not in self._named:
            self._named[code, on] = self.taxes.purchase(code, on, place)
        return self._named[code, on]

    def check_date(self, on: date, field: str, place: int | None) -> None:
        """Refuse a date outside the years that books are kept in."""
        if not EARLIEST <= on.year <= LATEST:
            raise out_of_range(on.isoformat(), field=field, line=place)

    def _line(
        self, line: PurchaseLineDraft, terms: Terms, of: tuple[date, str], place: int | None
    ) -> ReadyLine:
        if len(line.text) > 500 or len(line.article) > 80 or "\0" in line.text + line.article:
            message = _("A text has at most {text} characters, a code or reference {code}, and no NUL.")  # fmt: skip
            raise InvalidInput(message.format(text=500, code=80), field="lines", line=place)
        on, currency = of
        quantity, price, net = self._amounts(line, exponent(currency), place)
        ordered = self._ordered(line, terms, currency, place)
        return ReadyLine(
            line.article,
            line.text,
            quantity,
            price,
            net,
            self._account(line, terms, ordered, place),
            self._dimensions(line, ordered, place),
            self._tax_of(line, terms, ordered, on, place),
            order_line_id=ordered.id if ordered else None,
        )

    def _ordered(
        self, line: PurchaseLineDraft, terms: Terms, currency: str, place: int | None
    ) -> OrderedLine | None:
        """The line of an order that this one invoices."""
        if not line.order_line:
            return None
        found = self.ordered.get(line.order_line)
        if found is None or found.party_id != terms.party_id:
            message = _("There is no such line of an order of this supplier: “{line}”.")
            said = message.format(line=line.order_line[:40])
            raise InvalidInput(said, field="order_line", line=place)
        refuse_other_currency(found, currency, place)
        return found

    def _amounts(
        self, line: PurchaseLineDraft, digits: int, place: int | None
    ) -> tuple[int, int, int]:
        if line.amount is None and line.unit_price is None:
            message = _("Say what the line comes to: an amount, or a quantity and a unit price.")
            raise InvalidInput(message, field="amount", line=place)
        if line.amount is not None and abs(line.amount) > LARGEST:
            raise _too_large(place)
        quantity = in_millionths(line.quantity)
        price = (
            in_millionths(line.unit_price)
            if line.unit_price is not None
            else _price(line.amount or 0, quantity, digits)
        )
        if quantity is None or price is None:
            message = _("Give a number with no more than six decimals, within 64 bits.")
            raise InvalidInput(message, field="unit_price", line=place)
        if line.amount is not None:
            return quantity, price, line.amount
        try:
            return quantity, price, line_amount(quantity, price, digits)
        except Refused:
            raise _too_large(place) from None

    def _account(
        self, line: PurchaseLineDraft, terms: Terms, ordered: OrderedLine | None, place: int | None
    ) -> int:
        own = ordered.account_id if ordered else terms.account_id
        found = self.accounts.get(line.account) if line.account else own
        if found is None:
            message = _("There is no account “{code}” in use that takes purchases.")
            if not line.account:
                message = _("Say on which account, or give the supplier one.")
            said = message.format(code=line.account[:40])
            raise UnknownAccount(said, field="account", line=place)
        return found

    def _dimensions(
        self, line: PurchaseLineDraft, ordered: OrderedLine | None, place: int | None
    ) -> int:
        if not line.dimensions:
            return ordered.dimension_set_id if ordered else 0
        found = self.dimensions.get(canonical(line.dimensions))
        if found is None:
            message = _("One of these values is not in use: {values}.")
            said = message.format(values=", ".join(line.dimensions.values())[:200])
            raise UnknownDimension(said, field="dimensions", line=place)
        return found

    def _tax_of(
        self, line: PurchaseLineDraft, terms: Terms, ordered: OrderedLine | None, on: date,
        place: int | None,
    ) -> PurchaseRule | None:  # fmt: skip
        code = line.tax or (ordered.tax_code if ordered else terms.tax_code)
        if code == NO_TAX:
            return None
        if not code:
            message = _("Say which VAT (a tax code, or - for none), or give the supplier one.")
            raise UnknownTaxCode(message, field="tax", line=place)
        return self.tax(code, on, place)

    def _discount(
        self, draft: PurchaseDraft, terms: Terms, gross: int, place: int | None
    ) -> Discount:
        percent, until = draft.discount_percent, draft.discount_on
        if percent is None:
            percent = terms.discount_percent
        if until is None and terms.discount_days:
            until = draft.date + timedelta(days=terms.discount_days)
        if in_millionths(percent) is None or not 0 <= percent < 100:
            message = _("A discount is 0 or more and below 100 percent.")
            raise InvalidInput(message, field="discount_percent", line=place)
        return discount_of(gross, percent, until)

    def _credited(self, draft: PurchaseDraft, terms: Terms, place: int | None) -> int | None:
        if not draft.credits:
            return None
        found = self.credited.get(draft.credits)
        if found is None or found.kind != INVOICE or found.party_id != terms.party_id:
            message = _("There is no invoice “{number}” of this supplier to credit.")
            said = message.format(number=draft.credits[:40])
            raise UnknownInvoice(said, field="credits", line=place)
        return found.id

    def _refuse_texts(self, draft: PurchaseDraft, place: int | None) -> None:
        for field, longest in LENGTHS.items():
            value: str = getattr(draft, field)
            if len(value) > longest or "\0" in value:
                message = _("This has at most {most} characters, and no NUL.")
                raise InvalidInput(message.format(most=longest), field=field, line=place)
        if not draft.reference.strip():
            message = _("Give the number that the invoice bears.")
            raise InvalidInput(message, field="reference", line=place)


def refuse_other_currency(ordered: OrderedLine, currency: str, place: int | None) -> None:
    """Refuse an invoice's line of an order that was placed in another currency."""
    if ordered.currency != currency:
        message = _("That order is in {one} and the invoice in {other}; book it without the order.")
        said = message.format(one=ordered.currency, other=currency)
        raise InvalidInput(said, field="order_line", line=place)


def _too_large(place: int | None) -> AmountOutOfRange:
    return AmountOutOfRange(_("The amount is beyond 64 bits."), field="amount", line=place)


def _price(net: int, quantity: int | None, digits: int) -> int | None:
    """A unit price that comes to the amount, as near as six decimals allow."""
    if not quantity:
        return None
    scaled = half_up_ratio(net * MICRO * MICRO, 10**digits * quantity)
    return scaled if -LARGEST <= scaled <= LARGEST else None
