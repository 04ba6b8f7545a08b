"""An invoice or credit note as a PDF to send: A4, in Dutch or English, from its template."""

import datetime
from decimal import Decimal
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import override

from kantoor.departments.finance.models.invoices import CREDIT_NOTE
from kantoor.departments.finance.print.facturx import with_profile
from kantoor.departments.finance.queries.invoice_card import Address, CardTax, InvoiceCard, invoice
from kantoor.departments.finance.reference.countries import country_name
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.typesetting import typeset

Language = Literal["nl", "en"]


def invoice_pdf(
    actor: Actor, number: str, language: Language = "en", head: str = "", xml: bytes = b""
) -> bytes:
    """The invoice or credit note with this number as PDF/A; raises NotFound.

    `head` is a line at the foot, such as the head of the record at the time; `xml` the invoice as
    CII, which makes it a Factur-X PDF. The same invoice gives the same bytes as long as what is
    open of it is the same.
    """
    with override(language):
        card = invoice(actor, number=number)
        page = _Page(card, language, head).data()
    made = datetime.datetime.combine(card.invoice.date, datetime.time(), datetime.UTC)
    return invoice_paper(page, made, xml)


def invoice_paper(page: dict[str, Any], made: datetime.datetime, xml: bytes = b"") -> bytes:
    """The page of an invoice as PDF/A-3; with its XML inside it is a Factur-X PDF."""
    paper = typeset(__package__, "invoice.typ", page, made, attached=xml.decode())
    return with_profile(paper) if xml else paper


class _Page:
    """What the template shows, in the reader's language."""

    def __init__(self, card: InvoiceCard, language: Language, head: str) -> None:
        self.card = card
        self.language = language
        self.head = head
        self.locale = "nl" if language == "nl" else "en_GB"
        self.places = exponent(card.invoice.currency)

    def data(self) -> dict[str, Any]:
        """The page as the template reads it."""
        card, own = self.card, self.card.invoice
        credit = own.kind == CREDIT_NOTE
        return {
            "language": self.language,
            "title": _("Credit note") if credit else self._title(),
            "number": own.number,
            "seller": {"name": card.seller.name, "lines": self._seller()},
            "buyer": self._buyer(card.buyer),
            "facts": self._facts(),
            "text": card.text,
            "columns": [
                _("Description"),
                _("Quantity"),
                _("Price"),
                _("VAT"),
                _("Amount in {currency}").format(currency=own.currency),
            ],
            "lines": self._lines(),
            "taxes": [self._tax(tax) for tax in card.taxes],
            "net": self.amount(own.net),
            "gross": self.amount(own.gross),
            "open": self.amount(abs(own.open)) if 0 != abs(own.open) != abs(own.gross) else "",
            "labels": {
                "net": _("Total without VAT"),
                "gross": _("Total {currency}").format(currency=own.currency),
                "open": _("Still open"),
                "breakdown": _("VAT by rate: rate, amount it is due on, VAT"),
                "parts": _("To be paid in parts"),
            },
            "parts": [
                (self.day(each.due_on), self.amount(each.amount)) for each in self.card.instalments
            ],
            "closing": self._closing(),
            "footer": [part for part in (card.seller.name, *self._numbers(card.seller)) if part],
            "page": _("Page"),
            "head": self.head,
        }

    def _title(self) -> str:
        return _("Prepayment invoice") if self.card.prepayment else _("Invoice")

    def amount(self, minor: int) -> str:
        """An amount in minor units with its decimals."""
        pattern = "#,##0" + ("." + "0" * self.places if self.places else "")
        value = Decimal(minor).scaleb(-self.places)
        return format_decimal(value, pattern, locale=self.locale, decimal_quantization=False)

    def number(self, value: Decimal, least: int = 0) -> str:
        """A quantity, price or rate with no more decimals than it has."""
        pattern = "#,##0" + ("." + "0" * least + "#" * (6 - least))
        return format_decimal(value, pattern, locale=self.locale, decimal_quantization=False)

    def day(self, value: datetime.date) -> str:
        return format_date(value, "d MMMM y", locale=self.locale)

    def _seller(self) -> list[str]:
        seller = self.card.seller
        place = f"{seller.postcode} {seller.city}".strip()
        country = country_name(seller.country, self.language) if seller.country else ""
        return [part for part in (seller.street, place, country) if part]

    def _buyer(self, buyer: Address) -> list[str]:
        place = f"{buyer.postcode}  {buyer.city}".strip()
        abroad = buyer.country and buyer.country != self.card.seller.country
        country = country_name(buyer.country, self.language) if abroad else ""
        vat = _("VAT number {number}").format(number=buyer.vat_number) if buyer.vat_number else ""
        return [part for part in (buyer.name, buyer.street, place, country, vat) if part] or ["–"]

    def _numbers(self, seller: Address) -> list[str]:
        said = []
        if seller.registration:
            said.append(_("Registration {number}").format(number=seller.registration))
        if seller.vat_number:
            said.append(_("VAT number {number}").format(number=seller.vat_number))
        return said

    def _facts(self) -> list[tuple[str, str]]:
        own = self.card.invoice
        facts = [(_("Date"), self.day(own.date)), (_("Customer"), own.party)]
        if own.kind == CREDIT_NOTE:
            facts += [(_("Credits invoice"), self.card.credits)] if self.card.credits else []
        elif not self.card.instalments:
            facts.append((_("Due on"), self.day(own.due_on)))
        if own.reference:
            facts.append((_("Your reference"), own.reference))
        return facts

    def _lines(self) -> list[dict[str, str]]:
        rates = {tax.code: self._rate(tax) for tax in self.card.taxes}
        return [
            {
                "text": line.text or line.article,
                "article": line.article if line.text else "",
                "quantity": self.number(line.quantity),
                "price": self.number(line.unit_price, self.places),
                "rate": rates[line.tax],
                "net": self.amount(line.net),
            }
            for line in self.card.lines
        ]

    def _rate(self, tax: CardTax) -> str:
        # EN 16931: what is outside the scope of VAT (O) has no rate, not even nought.
        return "–" if tax.category == "O" else f"{self.number(tax.rate)}%"

    def _tax(self, tax: CardTax) -> dict[str, str]:
        return {
            "name": tax.name,
            "rate": self._rate(tax),
            "base": self.amount(tax.base),
            "amount": self.amount(tax.amount),
            "reason": tax.reason,
        }

    def _closing(self) -> str:
        own = self.card.invoice
        if own.kind == CREDIT_NOTE:
            return _("We settle this amount with what is open, or pay it back to you.")
        if own.open <= 0:
            return _("Nothing is left to pay.")
        if self.card.instalments:
            parted = _("Please pay each part by its day and mention {number}.")
            return parted.format(number=own.number)
        message = _("Please pay by {date} and mention {number}.")
        return message.format(date=self.day(own.due_on), number=own.number)
