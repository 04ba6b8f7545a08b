"""A purchase order as a PDF to send: A4, in Dutch or English, on the template of invoices."""

import datetime
from decimal import Decimal
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import override

from kantoor.departments.finance.queries.payables.orders import OrderCard, purchase_order
from kantoor.departments.finance.queries.payables.suppliers import SupplierCard, supplier
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.typesetting import typeset

Language = Literal["nl", "en"]


def order_pdf(actor: Actor, number: str, language: Language = "en") -> bytes:
    """The order with this number as PDF/A; raises NotFound. The same order gives the same bytes."""
    card = purchase_order(actor, number=number)
    to = supplier(actor, code=card.order.supplier)
    own = Company.objects.get(pk=actor.company_id)
    with override(language):
        page = _page(card, to, own, "nl" if language == "nl" else "en_GB")
    made = datetime.datetime.combine(card.order.date, datetime.time(), datetime.UTC)
    return typeset(__package__, "order.typ", {**page, "language": language}, made)


def _page(card: OrderCard, to: SupplierCard, own: Company, locale: str) -> dict[str, Any]:
    """The page as the template reads it."""
    row, places = card.order, exponent(card.order.currency)

    def amount(minor: int) -> str:
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(Decimal(minor).scaleb(-places), pattern, locale=locale)

    def number(value: Decimal, least: int = 0) -> str:
        pattern = "#,##0." + "0" * least + "#" * (6 - least)
        return format_decimal(value, pattern, locale=locale, decimal_quantization=False)

    def day(value: datetime.date) -> str:
        return format_date(value, "d MMMM y", locale=locale)

    numbers = [
        said.format(number=text)
        for said, text in (
            (_("Registration {number}"), own.registration),
            (_("VAT number {number}"), own.vat_number),
        )
        if text
    ]
    facts = [(_("Date"), day(row.date)), (_("Supplier"), row.supplier)]
    if row.expected_on:
        facts.append((_("Expected"), day(row.expected_on)))
    if row.reference:
        facts.append((_("Your reference"), row.reference))
    place = f"{to.postcode}  {to.city}".strip()
    return {
        "title": _("Purchase order"),
        "number": row.number,
        "seller": {"name": own.name, "lines": numbers},
        "buyer": [part for part in (row.name, to.street, place) if part],
        "facts": facts,
        "text": card.text,
        "columns": [
            _("Description"),
            _("Quantity"),
            _("Price"),
            _("Amount in {currency}").format(currency=row.currency),
        ],
        "lines": [
            {
                "text": line.text or line.article,
                "article": line.article if line.text else "",
                "quantity": number(line.quantity),
                "price": number(line.unit_price, places),
                "net": amount(line.net),
            }
            for line in card.lines
        ],
        "total": [_("Total without VAT"), amount(row.net)],
        "closing": _("Please mention {number} on your invoice.").format(number=row.number),
        "footer": [own.name, *numbers],
        "page": _("Page"),
    }
