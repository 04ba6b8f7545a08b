"""An electronic invoice as EN 16931-1 means it, whatever the syntax: business terms, not tags.

Comments name the business terms (BT) and groups (BG). Texts are empty when absent, dates and
amounts `None`; so that an invoice that breaks the rules can be read all the same, and shown with
what is wrong. `validate` says what is missing. Amounts, prices and quantities are Decimals with
the decimals they were written with.
"""

import datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

CREDIT_TYPES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
)


class Syntax(StrEnum):
    """In which XML an invoice is written."""

    UBL_INVOICE = "UBL Invoice"
    UBL_CREDIT_NOTE = "UBL CreditNote"
    CII = "CII"
    ZUGFERD_1 = "ZUGFeRD 1"


class Identifier(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An identifier and the scheme it is of (ISO 6523, EAS, UNTDID 7143 …); `version` of a list."""

    value: str
    scheme: str = ""
    version: str = ""


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-1: a note and what it is about."""

    text: str  # BT-22
    subject: str = ""  # BT-21


class Preceding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-3: an invoice that this one corrects or credits."""

    number: str  # BT-25
    date: datetime.date | None = None  # BT-26


class PostalAddress(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-5, BG-8, BG-12, BG-15."""

    street: str = ""  # BT-35, BT-50, BT-64, BT-75
    additional: str = ""  # BT-36, BT-51, BT-65, BT-76
    third_line: str = ""  # BT-162, BT-163, BT-164, BT-165
    city: str = ""  # BT-37, BT-52, BT-66, BT-77
    postcode: str = ""  # BT-38, BT-53, BT-67, BT-78
    region: str = ""  # BT-39, BT-54, BT-68, BT-79
    country: str = ""  # BT-40, BT-55, BT-69, BT-80


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-6, BG-9."""

    name: str = ""  # BT-41, BT-56
    phone: str = ""  # BT-42, BT-57
    email: str = ""  # BT-43, BT-58


class Party(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-4 seller, BG-7 buyer, BG-10 payee, BG-11 the seller's tax representative."""

    name: str = ""  # BT-27, BT-44, BT-59, BT-62
    trading_name: str = ""  # BT-28, BT-45
    identifiers: tuple[Identifier, ...] = ()  # BT-29, BT-46, BT-60
    registration: Identifier | None = None  # BT-30, BT-47, BT-61
    vat_number: str = ""  # BT-31, BT-48, BT-63
    tax_registration: str = ""  # BT-32
    legal_form: str = ""  # BT-33
    endpoint: Identifier | None = None  # BT-34, BT-49
    address: PostalAddress | None = None  # BG-5, BG-8, BG-12
    contact: Contact | None = None  # BG-6, BG-9


class Delivery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-13."""

    name: str = ""  # BT-70
    location: Identifier | None = None  # BT-71
    date: datetime.date | None = None  # BT-72
    address: PostalAddress | None = None  # BG-15


class Period(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-14, BG-26."""

    start: datetime.date | None = None  # BT-73, BT-134
    end: datetime.date | None = None  # BT-74, BT-135


class Payment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-16: one way to pay, with its account (BG-17) or card (BG-18).

    `account` is None where the invoice has no group for it, and empty where it has one without.
    """

    code: str = ""  # BT-81
    name: str = ""  # BT-82
    account: str | None = None  # BT-84
    account_name: str = ""  # BT-85
    bic: str = ""  # BT-86
    card: str | None = None  # BT-87
    card_holder: str = ""  # BT-88


class VatCategory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How something is taxed: the category of UNCL 5305, and the rate as a percentage."""

    code: str = ""  # BT-95, BT-102, BT-118, BT-151
    rate: Decimal | None = None  # BT-96, BT-103, BT-119, BT-152
    scheme: str = "VAT"  # another where it is no VAT at all, such as insurance tax

    @property
    def is_vat(self) -> bool:
        """Whether it is VAT, which all rules are about."""
        return self.scheme == "VAT" and bool(self.code)


class Adjustment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An allowance (BG-20, BG-27) or a charge (BG-21, BG-28)."""

    charge: bool
    amount: Decimal | None = None  # BT-92, BT-99, BT-136, BT-141
    base: Decimal | None = None  # BT-93, BT-100, BT-137, BT-142
    percentage: Decimal | None = None  # BT-94, BT-101, BT-138, BT-143
    reason: str = ""  # BT-97, BT-104, BT-139, BT-144
    reason_code: str = ""  # BT-98, BT-105, BT-140, BT-145
    vat: VatCategory | None = None  # of the document only


class Totals(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-22."""

    lines: Decimal | None = None  # BT-106
    allowances: Decimal | None = None  # BT-107
    charges: Decimal | None = None  # BT-108
    without_vat: Decimal | None = None  # BT-109
    with_vat: Decimal | None = None  # BT-112
    paid: Decimal | None = None  # BT-113
    rounding: Decimal | None = None  # BT-114
    payable: Decimal | None = None  # BT-115


class TaxTotal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BT-110, or BT-111 where the currency is that of the VAT accounts."""

    amount: Decimal | None = None
    currency: str = ""


class VatBreakdown(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-23: the VAT of one category and rate."""

    base: Decimal | None = None  # BT-116
    amount: Decimal | None = None  # BT-117
    vat: VatCategory | None = None  # BT-118, BT-119
    reason: str = ""  # BT-120
    reason_code: str = ""  # BT-121


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-24: a supporting document, as a link or with its content."""

    reference: str = ""  # BT-122
    description: str = ""  # BT-123
    uri: str = ""  # BT-124
    content: bytes | None = None  # BT-125
    mime: str = ""
    filename: str = ""


class Attribute(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-32."""

    name: str  # BT-160
    value: str  # BT-161


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """BG-25, with its price (BG-29), item (BG-31) and VAT (BG-30)."""

    number: str = ""  # BT-126
    note: str = ""  # BT-127
    invoiced_object: Identifier | None = None  # BT-128
    quantity: Decimal | None = None  # BT-129
    unit: str = ""  # BT-130
    net: Decimal | None = None  # BT-131
    order_line: str = ""  # BT-132
    accounting: str = ""  # BT-133
    period: Period | None = None  # BG-26
    adjustments: tuple[Adjustment, ...] = ()  # BG-27, BG-28
    price: Decimal | None = None  # BT-146
    discount: Decimal | None = None  # BT-147
    gross_price: Decimal | None = None  # BT-148
    price_quantity: Decimal | None = None  # BT-149
    price_unit: str = ""  # BT-150
    vat: VatCategory | None = None  # BG-30
    name: str = ""  # BT-153
    description: str = ""  # BT-154
    seller_item: str = ""  # BT-155
    buyer_item: str = ""  # BT-156
    standard_item: Identifier | None = None  # BT-157
    classifications: tuple[Identifier, ...] = ()  # BT-158
    origin: str = ""  # BT-159
    attributes: tuple[Attribute, ...] = ()  # BG-32


class EInvoice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An invoice or credit note. On a credit note amounts say what the buyer gets back."""

    syntax: Syntax = Syntax.UBL_INVOICE
    specification: str = ""  # BT-24
    process: str = ""  # BT-23
    number: str = ""  # BT-1
    date: datetime.date | None = None  # BT-2
    type_code: str = ""  # BT-3
    currency: str = ""  # BT-5
    tax_currency: str = ""  # BT-6
    tax_point: datetime.date | None = None  # BT-7
    tax_point_code: str = ""  # BT-8
    due_on: datetime.date | None = None  # BT-9
    buyer_reference: str = ""  # BT-10
    project: str = ""  # BT-11
    contract: str = ""  # BT-12
    order: str = ""  # BT-13
    sales_order: str = ""  # BT-14
    receiving_advice: str = ""  # BT-15
    despatch_advice: str = ""  # BT-16
    tender: str = ""  # BT-17
    invoiced_object: Identifier | None = None  # BT-18
    accounting: str = ""  # BT-19
    payment_terms: str = ""  # BT-20
    notes: tuple[Note, ...] = ()  # BG-1
    preceding: tuple[Preceding, ...] = ()  # BG-3
    seller: Party = Party()
    buyer: Party = Party()
    payee: Party | None = None
    representative: Party | None = None
    delivery: Delivery | None = None
    period: Period | None = None
    payments: tuple[Payment, ...] = ()
    payment_reference: str = ""  # BT-83
    mandate: str | None = None  # BT-89
    creditor: str = ""  # BT-90
    debited_account: str = ""  # BT-91
    adjustments: tuple[Adjustment, ...] = ()  # BG-20, BG-21
    totals: Totals = Totals()
    tax_totals: tuple[TaxTotal, ...] = ()
    taxes: tuple[VatBreakdown, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def is_credit_note(self) -> bool:
        """Whether amounts are in the buyer's favour, by the type of document."""
        return self.syntax is Syntax.UBL_CREDIT_NOTE or self.type_code in CREDIT_TYPES

    @property
    def tax(self) -> Decimal | None:
        """BT-110: the total VAT in the currency of the invoice."""
        return next(
            (each.amount for each in self.tax_totals if each.currency == self.currency), None
        )

    @property
    def accounting_tax(self) -> Decimal | None:
        """BT-111: the total VAT in the currency of the VAT accounts, where that is another."""
        if not self.tax_currency or self.tax_currency == self.currency:
            return None
        found = (each.amount for each in self.tax_totals if each.currency == self.tax_currency)
        return next(found, None)
