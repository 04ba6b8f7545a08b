"""From an electronic invoice to a proposal: whose it is, and how its lines would be booked."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext

from kantoor.departments.finance.actions.payables.checks import Discount, discount_of
from kantoor.departments.finance.actions.payables.document_lines import (
    Rate,
    SaidLine,
    minor,
    rate_of,
    said_lines,
    said_taxes,
)
from kantoor.departments.finance.actions.payables.rows import (
    ReadyLine,
    ReadyPurchase,
    ReadyTax,
)
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule, rule_of
from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.dates import EARLIEST, LATEST
from kantoor.departments.finance.formats.einvoice import EInvoice
from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.models.payables import (
    CREDIT_NOTE,
    INVOICE,
    PROPOSED,
    RECEIVED,
    reference_key,
)
from kantoor.departments.finance.queries.payables.learned import (
    Coding,
    Learned,
    Suggestion,
    bare_text,
)
from kantoor.departments.finance.queries.payables.matching import Match, Signs, Suppliers, plain
from kantoor.departments.finance.queries.payables.order_lines import (
    OrderedLine,
    lines_of_orders,
)
from kantoor.departments.finance.queries.payables.received import Finding
from kantoor.departments.finance.queries.payables.terms import Terms, terms_by_party
from kantoor.departments.finance.queries.roles import accounts_by_role
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.store.lookup import fetch

SUM, BUYER = "KANTOOR-SUM", "KANTOOR-BUYER"
"""Our own rules: it adds up line by line, and it is to us."""
_SKONTO = re.compile(r"#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}(?:\.\d{1,6})?)#")
"""A discount for early payment, as the German CIUS writes it in BT-20."""


class _Coded(NamedTuple):
    lines: list[ReadyLine]
    taxes: list[ReadyTax]


class Proposals:
    """What incoming invoices are held against, looked up once for all of them."""

    def __init__(self, actor: Actor, invoices: Sequence[EInvoice]) -> None:
        self.actor = actor
        company_id = actor.company_id
        self.suppliers = Suppliers(company_id)
        self.suppliers.look_up_ibans(iban for each in invoices for iban in ibans_of(each))
        self.matches = [self.suppliers.match(signs_of(each)) for each in invoices]
        parties = {each.party_id for each in self.matches if each.party_id is not None}
        self.terms = terms_by_party(company_id, parties)
        self.orders = lines_of_orders(company_id, {each.order for each in invoices})
        self.taxes = TaxCodes(company_id, actor.country)
        self.own = Company.objects.get(pk=company_id)
        self.rounding = accounts_by_role(company_id).get("rounding")
        self._learned: dict[int, Learned] = {}
        self._rules: dict[int, PurchaseRule] = {}

    def proposal(
        self, invoice: EInvoice, match: Match, findings: Sequence[Finding]
    ) -> ReadyPurchase:
        """The invoice as it will be written: proposed where a person has only to accept it."""
        terms = self.terms.get(match.party_id or 0)
        currency = invoice.currency if re.fullmatch("[A-Z]{3}", invoice.currency) else self.actor.currency  # fmt: skip
        on = _possible(invoice.date)
        lines = said_lines(invoice, currency)
        coded = self._coded(invoice, lines, terms, on, currency)
        net, tax = _sums(coded)
        owed = _owed(invoice, currency)
        wrong = [*findings, *self._own_findings(invoice, net + tax, owed)]
        if any(each.fatal for each in wrong):
            # What it says itself, so that it can be shown; it is not posted.
            net, tax = owed - minor(invoice.tax, currency), minor(invoice.tax, currency)
        ready = all(line.account_id is not None for line in coded.lines) and coded.lines
        proposed = terms and ready and on and not any(each.fatal for each in wrong)
        off = self._discount(invoice, terms, net + tax, on)
        return ReadyPurchase(
            state=PROPOSED if proposed else RECEIVED,
            party_id=match.party_id,
            subject_id=terms.subject_id if terms else None,
            seller=_short(invoice.seller.name, 200),
            reference=_short(invoice.number, 80),
            received_on=timezone.localdate().isoformat(),
            date=on.isoformat() if on else None,
            due_on=self._due(invoice, terms, on),
            currency=currency,
            net=net,
            tax=tax,
            lines=coded.lines,
            taxes=coded.taxes,
            kind=CREDIT_NOTE if invoice.is_credit_note else INVOICE,
            discount=off.amount,
            discount_on=off.until,
            payment_reference=_short(invoice.payment_reference, 80),
            iban=next(iter(ibans_of(invoice)), "")[:34],
            order_reference=_short(invoice.order, 80),
            text=_short(" ".join(note.text for note in invoice.notes), 500),
            credits_id=self._credited(invoice, match),
            why=match.why,
            findings=wrong,
            own_tax=self._own_tax(invoice, currency),
        )

    def _coded(
        self, invoice: EInvoice, lines: Sequence[SaidLine], terms: Terms | None,
        on: date | None, currency: str,
    ) -> _Coded:  # fmt: skip
        said = said_taxes(invoice, currency)
        country = invoice.seller.address.country if invoice.seller.address else ""
        found: list[ReadyLine] = []
        groups: dict[Rate, list[PurchaseRule]] = {}
        ordered = self.orders.get(invoice.order, []) if terms else []
        ordered = [each for each in ordered if each.currency == currency]
        for line in lines:
            suggestion, order_line = self._suggestion(line, terms), None
            if terms and (placed := ordered_line(ordered, line, len(lines), terms.party_id)):
                order_line = placed.id
                coding = Coding(placed.account_id, placed.dimension_set_id, placed.tax_code_id)
                said_of = {"order": invoice.order, "n": placed.n}
                suggestion = Suggestion(coding, gettext("as line {n} of {order}").format(**said_of))
            rule = self._rule(line, suggestion, terms, country, on)
            if rule is not None and rule not in groups.setdefault(rate_of(line.vat), []):
                groups[rate_of(line.vat)].append(rule)
            row = self._ready_line(line, suggestion, rule, terms)
            found.append(row._replace(order_line_id=order_line))
        found += self._foreign_tax(said, groups, found, terms, currency)
        return _Coded(found, _taxes(found, groups, said))

    def _suggestion(self, line: SaidLine, terms: Terms | None) -> Suggestion | None:
        if terms is None or line.rounding:
            return None
        if terms.party_id not in self._learned:
            self._learned[terms.party_id] = Learned(self.actor.company_id, terms.party_id)
        return self._learned[terms.party_id].suggestion(line.article, line.text)

    def _rule(
        self, line: SaidLine, suggestion: Suggestion | None, terms: Terms | None, country: str,
        on: date | None,
    ) -> PurchaseRule | None:  # fmt: skip
        """The tax code of a line: what was chosen before where that fits, else by the law's table."""
        if line.vat is None or on is None:
            return None
        learned = self._kept_rule(suggestion.coding.tax_code_id) if suggestion else None
        if learned is not None and _fits(learned, line):
            return learned
        if terms is not None and terms.tax_code:
            try:
                own = self.taxes.purchase(terms.tax_code, on)
            except DomainError:
                own = None
            if own is not None and _fits(own, line):
                return own
        try:
            rate = line.vat.rate
            rule = self.taxes.purchase_for(country, line.vat.code, rate, on)
        except DomainError:
            return None
        return rule if _fits(rule, line) else None

    def _kept_rule(self, key: int | None) -> PurchaseRule | None:
        if key is None:
            return None
        if key not in self._rules:
            self._rules[key] = rule_of(TaxCode.objects.get(pk=key))
        return self._rules[key]

    def _ready_line(
        self, line: SaidLine, suggestion: Suggestion | None, rule: PurchaseRule | None,
        terms: Terms | None,
    ) -> ReadyLine:  # fmt: skip
        account, dimensions, why = None, 0, ""
        if line.rounding:
            account = self.rounding
        elif suggestion is not None:
            account, dimensions = suggestion.coding[:2]
            why = suggestion.why
        elif terms is not None and terms.account_id is not None:
            account, why = terms.account_id, gettext("the supplier's own account")
        return ReadyLine(
            line.article, line.text, line.quantity, line.unit_price, line.net, account,
            dimensions, rule, why[:200],
        )  # fmt: skip

    def _foreign_tax(
        self, said: dict[Rate, int], groups: dict[Rate, list[PurchaseRule]],
        lines: Sequence[ReadyLine], terms: Terms | None, currency: str,
    ) -> list[ReadyLine]:  # fmt: skip
        """VAT that none of our tax codes takes, such as another country's: a cost of its own."""
        account = terms.account_id if terms else None
        account = account or next((each.account_id for each in lines if each.account_id), None)
        found = []
        for key, amount in said.items():
            if amount and not any(not rule.reversed and rule.rate for rule in groups.get(key, ())):
                rate = f"{key[1].normalize():f}"
                text = gettext("VAT {rate}% that is no input tax here").format(rate=rate)
                found.append(
                    ReadyLine(
                        "", text, 1_000_000, 0, amount, account, 0, None,
                        gettext("no tax code of ours takes it"),
                    )
                )  # fmt: skip
        return found

    def _own_findings(self, invoice: EInvoice, reckoned: int, owed: int) -> list[Finding]:
        found = []
        if reckoned != owed:
            said = gettext("Lines and VAT add up to {sum} minor units, the invoice says {owed}.")
            found.append(Finding(SUM, said.format(sum=reckoned, owed=owed), "", fatal=True))
        theirs, ours = plain(invoice.buyer.vat_number), plain(self.own.vat_number)
        if theirs and ours and theirs != ours:
            said = gettext("It is to VAT number {theirs}, and ours is {ours}.")
            words = said.format(theirs=theirs[:20], ours=ours)
            found.append(Finding(BUYER, words, "BT-48", fatal=False))
        return found

    def _own_tax(self, invoice: EInvoice, currency: str) -> int:
        """What it says of its VAT in our currency (BT-111), where it is in another."""
        own = self.actor.currency
        if currency == own or invoice.tax_currency != own:
            return 0
        return minor(invoice.accounting_tax, own)

    def _due(self, invoice: EInvoice, terms: Terms | None, on: date | None) -> str | None:
        if due := _possible(invoice.due_on):
            return due.isoformat()
        if on is None:
            return None
        return (on + timedelta(days=terms.payment_days if terms else 30)).isoformat()

    def _discount(
        self, invoice: EInvoice, terms: Terms | None, gross: int, on: date | None
    ) -> Discount:
        if on is None:
            return Discount(0, None)
        if said := _SKONTO.search(invoice.payment_terms):
            return discount_of(gross, Decimal(said[2]), on + timedelta(days=int(said[1])))
        if terms is None or not terms.discount_days:
            return Discount(0, None)
        return discount_of(gross, terms.discount_percent, on + timedelta(days=terms.discount_days))

    def _credited(self, invoice: EInvoice, match: Match) -> int | None:
        """The invoice that a credit note names (BG-3), if it is here."""
        if not invoice.is_credit_note or match.party_id is None or not invoice.preceding:
            return None
        rows = fetch(
            "SELECT id FROM finance_purchase_invoice WHERE company_id = %s AND party_id = %s"
            " AND reference_key = %s AND kind = 'invoice' AND state <> 'refused' ORDER BY id",
            [self.actor.company_id, match.party_id, reference_key(invoice.preceding[0].number)],
        )
        return rows[0][0] if rows else None


def signs_of(invoice: EInvoice) -> Signs:
    """What an invoice says of its seller."""
    seller = invoice.seller
    endpoint = seller.endpoint
    return Signs(
        vat_number=seller.vat_number,
        endpoint=f"{endpoint.scheme}:{endpoint.value}" if endpoint else "",
        registration=seller.registration.value if seller.registration else "",
        ibans=ibans_of(invoice),
        name=seller.name,
    )


def ibans_of(invoice: EInvoice) -> list[str]:
    """The accounts that an invoice can be paid to."""
    return [plain(each.account) for each in invoice.payments if each.account]


def ordered_line(
    ordered: Sequence[OrderedLine], line: SaidLine, count: int, party_id: int
) -> OrderedLine | None:
    """The line of the order that a line invoices: as it says, else by article, text, or alone."""
    mine = [each for each in ordered if each.party_id == party_id]
    ways = (
        [each for each in mine if line.order_line == str(each.n)],
        [each for each in mine if line.article and line.article == each.article],
        [each for each in mine if bare_text(line.text) == bare_text(each.text)],
        mine if len(mine) == 1 and count == 1 else [],
    )
    return next((found[0] for found in ways if len(found) == 1), None)


def _fits(rule: PurchaseRule, line: SaidLine) -> bool:
    """Whether a tax code takes what the line says: the rate it charges, or none."""
    assert line.vat is not None
    charged = int((line.vat.rate or Decimal(0)) * 1_000_000)
    return charged == (0 if rule.reversed else rule.rate)


def _taxes(
    lines: Sequence[ReadyLine], groups: dict[Rate, list[PurchaseRule]], said: dict[Rate, int]
) -> list[ReadyTax]:
    """The taxes by code: what the invoice says of a group, the rounding on its first code."""
    bases: dict[PurchaseRule, int] = {}
    for line in lines:
        if line.tax is not None:
            bases[line.tax] = bases.get(line.tax, 0) + line.net
    amounts = {rule: rule.on(base) for rule, base in bases.items()}
    for key, rules in groups.items():
        charged = [rule for rule in rules if not rule.reversed]
        if charged and key in said:
            amounts[charged[0]] += said[key] - sum(amounts[rule] for rule in charged)
    return [
        ReadyTax(rule, base, amounts[rule], rule.deductible_of(amounts[rule]))
        for rule, base in bases.items()
    ]


def _sums(coded: _Coded) -> tuple[int, int]:
    net = sum(line.net for line in coded.lines)
    return net, sum(each.amount for each in coded.taxes if not each.tax.reversed)


def _owed(invoice: EInvoice, currency: str) -> int:
    """What is owed by it (BT-112 and BT-114), in minor units."""
    totals = invoice.totals
    return minor(totals.with_vat, currency) + minor(totals.rounding, currency)


def _possible(on: date | None) -> date | None:
    return on if on is not None and EARLIEST <= on.year <= LATEST else None


def _short(text: str, longest: int) -> str:
    return text.replace("\0", "")[:longest]
