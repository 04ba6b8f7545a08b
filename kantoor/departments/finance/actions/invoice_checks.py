"""Check invoices against the company's books before anything is written."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.instalment_rows import Deducted, Part
from kantoor.departments.finance.actions.instalments import Terms, instalments, unknown_terms
from kantoor.departments.finance.actions.invoice_rows import Group, ReadyInvoice
from kantoor.departments.finance.actions.particulars import Buyers
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.tax import Tax, TaxCodes
from kantoor.departments.finance.drafts_invoices import InvoiceDraft, InvoiceLine
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    EmptyInvoice,
    UnknownInvoice,
    WrongLineAmount,
)
from kantoor.departments.finance.models.invoices import CREDIT_NOTE, INVOICE
from kantoor.departments.finance.queries.currency.conversion import Conversion, Rates
from kantoor.departments.finance.queries.invoice_keys import InvoiceKey
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST, SCALE, exponent

LONGEST_TEXT = 500
LONGEST_CODE = 80
LONGEST_DUE_DAYS = 3_650


@cache
def day_of(text: str) -> date | None:
    """The day that an ISO date (`YYYY-MM-DD`) names, or None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def groups_of(
    lines: Sequence[InvoiceLine], taxes: Sequence[Tax], rate: Conversion | None = None
) -> tuple[Group, ...]:
    """The tax breakdown of lines: one group for each tax code, in order of the lines."""
    bases: dict[Tax, int] = {}
    for line, tax in zip(lines, taxes, strict=True):
        bases[tax] = bases.get(tax, 0) + line[4]
    return tuple(group_of(tax, base, rate) for tax, base in bases.items())


def group_of(tax: Tax, base: int, rate: Conversion | None) -> Group:
    """A rate group; in a foreign currency base and tax are each rounded in the company's."""
    amount = tax.on(base)
    if rate is None:
        return Group(tax, base, amount, base, amount)
    return Group(tax, base, amount, rate.to_own(base), rate.to_own(amount))


class InvoiceChecks:
    """What drafts are checked against, looked up once for a batch."""

    def __init__(
        self,
        currency: str,
        calendar: Calendar,
        taxes: TaxCodes,
        buyers: Buyers,
        credited: dict[str, InvoiceKey],
        rates: Rates,
        terms: Terms,
    ) -> None:
        self.own = currency
        self.rates = rates
        self.terms = terms
        self.calendar = calendar
        self.taxes = taxes
        self.buyers = buyers
        self.credited = credited
        self._due: dict[tuple[str, int], str] = {}

    def ready(
        self,
        place: int | None,
        draft: InvoiceDraft,
        taxes: Sequence[Tax] = (),
        credited: Sequence[int | None] = (),
        deducted: Sequence[Deducted] = (),
    ) -> ReadyInvoice:
        """The invoice as it will be written; raises with its place among the drafts.

        `taxes` are those of its lines, where not customer and date decide; `credited` the lines
        that its lines take back; `deducted` what they take off for prepayments.
        """
        on = draft.date
        year_id = self.place_of(on, place)
        buyer = self.buyers.note(draft.party_id, draft.country, draft.vat_number, place)
        lines = draft.lines
        currency = draft.currency or self.own
        rate = (
            None if currency == self.own else self.rates.on(currency, draft.rate_date or on, place)
        )
        net = self.net_of(lines, place, currency)
        if taxes:
            groups = groups_of(lines, taxes, rate)
        else:
            tax = self.taxes.decide(
                draft.country, draft.vat_number, on, draft.exempt, place, draft.supply
            )
            groups = (group_of(tax, net, rate),)
        amount = groups[0][2] if len(groups) == 1 else sum([group.amount for group in groups])
        if not -LARGEST <= net <= LARGEST or not -LARGEST <= net + amount <= LARGEST:
            raise AmountOutOfRange(_("The amount is beyond 64 bits."), field="lines", line=place)
        if rate is not None:
            self._refuse_unbookable(groups, net + amount, place)
        self._refuse_texts(draft, place)
        parts = self._parts(draft, groups, net + amount, place) if draft.terms else ()
        return ReadyInvoice(
            CREDIT_NOTE if draft.credit else INVOICE,
            year_id,
            draft.party_id,
            buyer,
            on,
            parts[-1].due_on if parts else self.due_on(on, draft.due_days, place),
            draft.country,
            draft.reference,
            draft.origin,
            draft.text,
            self.credits_of(draft.credits, draft.credit, draft.party_id, place),
            lines,
            groups,
            net,
            amount,
            place,
            [tax.id for tax in taxes],
            credited,
            currency,
            parts,
            draft.prepayment,
            deducted,
        )

    def _parts(
        self, draft: InvoiceDraft, groups: Sequence[Group], gross: int, place: int | None
    ) -> Sequence[Part]:
        """The instalments of an invoice with payment terms."""
        if draft.terms not in self.terms:
            raise unknown_terms(draft.terms, place)
        own = sum(each.own_base + each.own_amount for each in groups)
        day = day_of(draft.date)
        assert day is not None
        # A credit note has no terms: it goes below zero here, and is refused as such.
        sign = -1 if draft.credit else 1
        return instalments(self.terms[draft.terms], day, sign * gross, sign * own, place)

    def _refuse_unbookable(self, groups: Sequence[Group], gross: int, place: int | None) -> None:
        """Refuse what comes to nothing, or to too much, in the company's currency."""
        own = sum(each.own_base + each.own_amount for each in groups)
        if bool(own) != bool(gross) or not -LARGEST <= own <= LARGEST:
            words = _("At the rate of the day this can't be booked in {own}; check the amounts.")
            message = words.format(own=self.own)
            raise AmountOutOfRange(message, field="lines", line=place)

    def _refuse_texts(self, draft: InvoiceDraft, place: int | None) -> None:
        reference, origin, text = draft.reference, draft.origin, draft.text
        if (
            len(reference) > LONGEST_CODE
            or len(origin) > LONGEST_CODE
            or len(text) > LONGEST_TEXT
            or "\0" in f"{reference}{origin}{text}"
        ):
            raise self._too_long("reference", place)

    def place_of(self, on: str, place: int | None) -> int:
        """The fiscal year of a date in an open period."""
        if day_of(on) is None:
            message = _("“{date}” is no date; write it as 2011-02-28.").format(date=on[:40])
            raise InvalidInput(message, field="date", line=place)
        return self.calendar.place(on, place).year_id

    def due_on(self, on: str, days: int, place: int | None) -> str:
        """When an invoice of that day is due."""
        known = self._due.get((on, days))
        if known is None:
            if not 0 <= days <= LONGEST_DUE_DAYS:
                message = _("An invoice is due within 0 to {most} days.")
                said = message.format(most=LONGEST_DUE_DAYS)
                raise InvalidInput(said, field="due_days", line=place)
            day = day_of(on)
            assert day is not None
            known = self._due[on, days] = (day + timedelta(days=days)).isoformat()
        return known

    def credits_of(
        self, number: str, credit: bool, party_id: int, place: int | None | None
    ) -> int | None:
        """The key of the invoice that a credit note credits."""
        if not number:
            return None
        found = self.credited.get(number)
        if found is None or not credit or found.kind != INVOICE or found.party_id != party_id:
            message = _("There is no invoice “{number}” of this party to credit.")
            said = message.format(number=number[:40])
            raise UnknownInvoice(said, field="credits", line=place)
        return found.id

    def net_of(self, lines: Sequence[InvoiceLine], place: int | None, currency: str = "") -> int:
        """The sum of the lines' nets (EN 16931, BR-CO-10), each checked."""
        if not lines:
            raise EmptyInvoice(_("An invoice has a line or more."), field="lines", line=place)
        whole = 10 ** (2 * SCALE - exponent(currency or self.own))
        half, most, longest = whole // 2, LARGEST, LONGEST_TEXT
        total = 0
        # This runs for every line of a bulk.
        for article, text, quantity, price, net in lines:
            product = quantity * price
            rounded = (product + half) // whole if product >= 0 else -((half - product) // whole)
            if (
                net != rounded
                or not -most <= quantity <= most
                or not -most <= price <= most
                or not -most <= net <= most
                or len(text) > longest
                or len(article) > LONGEST_CODE
                or "\0" in text
                or "\0" in article
            ):
                raise self._refused(article, text, net, rounded, place)
            total += net
        return total

    def _refused(
        self, article: str, text: str, net: int, rounded: int, place: int | None
    ) -> Exception:
        if len(text) > LONGEST_TEXT or len(article) > LONGEST_CODE or "\0" in text + article:
            return self._too_long("lines", place)
        if net != rounded:
            message = _(
                "A line's amount is {net}, but quantity times price rounds to {rounded} minor units."
            )
            return WrongLineAmount(
                message.format(net=net, rounded=rounded), field="lines", line=place
            )
        message = _("The amount is beyond 64 bits.")
        return AmountOutOfRange(message, field="lines", line=place)

    @staticmethod
    def _too_long(field: str, place: int | None) -> Exception:
        message = _("A text has at most {text} characters, a code or reference {code}, and no NUL.")
        said = message.format(text=LONGEST_TEXT, code=LONGEST_CODE)
        return InvalidInput(said, field=field, line=place)
