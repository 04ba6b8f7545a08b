"""Invoices and credit notes by their numbers as EN 16931 invoices, many with the same statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from kantoor.departments.finance.formats.einvoice.model import (
    Contact,
    Delivery,
    EInvoice,
    Identifier,
    Line,
    Note,
    Party,
    Payment,
    PostalAddress,
    Preceding,
    Syntax,
    TaxTotal,
    Totals,
    VatBreakdown,
    VatCategory,
)
from kantoor.departments.finance.formats.einvoice.rules import peppol
from kantoor.departments.finance.models import (
    Deduction,
    Instalment,
    Invoice,
    InvoiceLine,
    InvoiceTax,
    Particulars,
)
from kantoor.departments.finance.models.invoices import CREDIT_NOTE
from kantoor.departments.finance.queries.einvoice.addresses import (
    electronic_address,
    legal_registration,
)
from kantoor.departments.finance.queries.einvoice.own_account import OwnAccount, own_account
from kantoor.departments.finance.queries.invoice_card import in_language
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.money import exponent
from kantoor.kernel.queries import query, scoped

MOST = 1_000
"""Invoices at once."""
EN_16931 = "urn:cen.eu:en16931:2017"
INVOICE_TYPE, CREDIT_TYPE, PREPAYMENT_TYPE = "380", "381", "386"
"""Of UNTDID 1001; 386 is of an invoice for goods or services still to be delivered."""
TRANSFER, SEPA = "30", "58"
PIECE = "C62"
NO_RATE = "O"
INTRA_COMMUNITY = "K"


@query(permission="finance.read_receivables", title=_("Invoices as electronic ones"))
def electronic_invoices(actor: Actor, /, *, numbers: Sequence[str]) -> list[EInvoice]:
    """The invoices and credit notes with these numbers, in that order; raises NotFound.

    By Peppol BIS Billing 3 where seller and buyer have an electronic address, the buyer gave a
    reference and the seller an account to pay to; else by EN 16931 alone.
    """
    if len(numbers) > MOST:
        message = _("At most {most} invoices at once.").format(most=MOST)
        raise InvalidInput(message, field="numbers")
    found = scoped(actor, Invoice).filter(number__in=numbers)
    known = {
        each.number: each for each in found.select_related("party", "seller", "buyer", "credits")
    }
    for number in numbers:
        if number not in known:
            message = _("There is no invoice “{number}”.").format(number=number[:40])
            raise NotFound(message, field="number")
    made = _Maker(actor, known.values())
    return [made.invoice(known[number]) for number in numbers]


class _Maker:
    """Has read all that belongs to a batch of invoices."""

    def __init__(self, actor: Actor, invoices: Iterable[Invoice]) -> None:
        self.company = Company.objects.get(pk=actor.company_id)
        self.lines: dict[int, list[InvoiceLine]] = defaultdict(list)
        self.taxes: dict[int, list[InvoiceTax]] = defaultdict(list)
        self.accounts: dict[str, OwnAccount | None] = {}
        batch = list(invoices)
        keys = [each.pk for each in batch]
        lines = InvoiceLine.objects.filter(invoice_id__in=keys).order_by("invoice_id", "n")
        for line in lines.select_related("tax_code"):
            self.lines[line.invoice_id].append(line)
        taxes = InvoiceTax.objects.filter(invoice_id__in=keys).order_by("invoice_id", "id")
        for tax in taxes.select_related("tax_code"):
            self.taxes[tax.invoice_id].append(tax)
        self.parts: dict[int, list[Instalment]] = defaultdict(list)
        for part in Instalment.objects.filter(invoice_id__in=keys).order_by("invoice_id", "n"):
            self.parts[part.invoice_id].append(part)
        self.deducts: dict[int, list[Invoice]] = defaultdict(list)
        deductions = Deduction.objects.filter(line__invoice_id__in=keys).order_by("id")
        for off in deductions.select_related("line", "prepaid__invoice"):
            if off.prepaid.invoice not in self.deducts[off.line.invoice_id]:
                self.deducts[off.line.invoice_id].append(off.prepaid.invoice)
        for currency in {each.currency for each in batch}:
            self.accounts[currency] = own_account(actor, currency)

    def invoice(self, it: Invoice) -> EInvoice:
        """One of them."""
        credit = it.kind == CREDIT_NOTE
        places = exponent(it.currency)
        taxes = self.breakdown(it, places)
        seller, buyer = self.seller(it.seller), self.buyer(it)
        payments = () if credit else self.payments(it)
        by_peppol = seller.endpoint and buyer.endpoint and it.reference and (payments or credit)
        return EInvoice(
            syntax=Syntax.UBL_CREDIT_NOTE if credit else Syntax.UBL_INVOICE,
            specification=peppol.SPECIFICATION if by_peppol else EN_16931,
            process=peppol.PROCESS,
            number=it.number,
            date=it.date,
            type_code=CREDIT_TYPE if credit else PREPAYMENT_TYPE if it.prepayment else INVOICE_TYPE,
            currency=it.currency,
            # There is one due date (BT-9); with several BT-20 says them, and no date can mislead.
            due_on=None if credit or self.parts[it.pk] else it.due_on,
            buyer_reference=it.reference,
            payment_terms=self.terms(it),
            notes=(Note(text=it.text),) if it.text else (),
            preceding=self.preceding(it),
            seller=seller,
            buyer=buyer,
            delivery=self.delivery(it, taxes, buyer),
            payments=payments,
            payment_reference=it.number if payments else "",
            totals=_totals(it, places),
            tax_totals=(TaxTotal(amount=_money(it.tax, places), currency=it.currency),),
            taxes=taxes,
            lines=tuple(_line(each, places) for each in self.lines[it.pk]),
        )

    def terms(self, it: Invoice) -> str:
        """In words, beside the due date itself."""
        if it.kind == CREDIT_NOTE:
            return ""
        if parts := self.parts[it.pk]:
            said = [
                f"{each.due_on.isoformat()}: {_money(each.amount, exponent(it.currency))}"
                for each in parts
            ]
            in_parts = gettext("In {count} parts, mention {number}: {parts}")
            return in_parts.format(count=len(parts), number=it.number, parts="; ".join(said))
        message = gettext("Please pay by {date} and mention {number}.")
        return message.format(date=it.due_on.isoformat(), number=it.number)

    def preceding(self, it: Invoice) -> tuple[Preceding, ...]:
        """The invoice it credits, or the prepayments it takes off (BG-3)."""
        found = [it.credits] if it.credits is not None else self.deducts[it.pk]
        return tuple(Preceding(number=each.number, date=each.date) for each in found)

    def seller(self, of: Particulars) -> Party:
        """The company as it was named on the day, and how it is reached today."""
        own = self.company
        party = _party(of, of.vat_number, of.country or own.country)
        contact = None
        if own.email or own.phone:
            contact = Contact(name=of.name, phone=own.phone, email=own.email)
        return _with(
            party, electronic_address(party.registration, of.vat_number, own.email), contact
        )

    def buyer(self, it: Invoice) -> Party:
        """The customer as it was named on the day; its code is what the seller knows it by."""
        of = it.buyer
        country = it.country or of.country or it.seller.country
        party = _party(of, of.vat_number, country, identifier=it.party.code)
        address = electronic_address(party.registration, of.vat_number, it.party.email)
        return _with(party, address, None)

    def payments(self, it: Invoice) -> tuple[Payment, ...]:
        """By transfer to the company's own account, where it has one."""
        account = self.accounts[it.currency]
        if account is None:
            return ()
        code = SEPA if it.currency == "EUR" else TRANSFER
        bic = "" if code == SEPA else account.bic
        return (Payment(code=code, account=account.iban, account_name=it.seller.name, bic=bic),)

    def delivery(
        self, it: Invoice, taxes: tuple[VatBreakdown, ...], buyer: Party
    ) -> Delivery | None:
        """BR-IC-11 and 12: what goes to another member state says when and where to."""
        codes = {tax.vat.code for tax in taxes if tax.vat is not None}
        if INTRA_COMMUNITY not in codes or buyer.address is None:
            return None
        return Delivery(date=it.date, address=buyer.address)

    def breakdown(self, it: Invoice, places: int) -> tuple[VatBreakdown, ...]:
        """By category and rate: several tax codes may be one of them."""
        groups: dict[tuple[str, Decimal], list[InvoiceTax]] = defaultdict(list)
        for tax in self.taxes[it.pk]:
            groups[tax.category, tax.rate].append(tax)
        return tuple(
            VatBreakdown(
                base=_money(sum(each.base for each in group), places),
                amount=_money(sum(each.amount for each in group), places),
                vat=_category(code, rate),
                reason=in_language(group[0].tax_code, "reason"),
                reason_code=group[0].tax_code.reason_code,
            )
            for (code, rate), group in groups.items()
        )


def _money(minor: int, places: int) -> Decimal:
    return Decimal(minor).scaleb(-places)


def _category(code: str, rate: Decimal) -> VatCategory:
    return VatCategory(code=code, rate=None if code == NO_RATE else _plain(rate))


def _plain(value: Decimal) -> Decimal:
    """Without the noughts of the column, and never as 1E+2."""
    normal = value.normalize()
    return normal if int(normal.as_tuple().exponent) <= 0 else normal.quantize(Decimal(1))


def _party(of: Particulars, vat_number: str, country: str, identifier: str = "") -> Party:
    return Party(
        name=of.name,
        identifiers=(Identifier(value=identifier),) if identifier else (),
        registration=legal_registration(of.registration, country),
        vat_number=vat_number,
        address=PostalAddress(
            street=of.street, city=of.city, postcode=of.postcode, country=country
        ),
    )


def _with(party: Party, endpoint: Identifier | None, contact: Contact | None) -> Party:
    return replace(party, endpoint=endpoint, contact=contact)


def _line(it: InvoiceLine, places: int) -> Line:
    price, quantity = _plain(it.unit_price), _plain(it.quantity)
    if price < 0:  # BR-27: what is taken off has a quantity below nought, not a price
        price, quantity = -price, -quantity
    return Line(
        number=str(it.n),
        quantity=quantity,
        unit=PIECE,
        net=_money(it.net, places),
        price=price,
        vat=_category(it.tax_code.category, it.tax_code.rate),
        name=(it.text or it.article)[:200],
        description=it.text if len(it.text) > 200 else "",
        seller_item=it.article,
    )


def _totals(it: Invoice, places: int) -> Totals:
    return Totals(
        lines=_money(it.net, places),
        without_vat=_money(it.net, places),
        with_vat=_money(it.gross, places),
        payable=_money(it.gross, places),
    )
