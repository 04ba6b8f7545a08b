"""The data of the events that sales takes: what README.md documents for the front office.

Amounts are net, in the company's currency. Quantities and prices may be JSON numbers or, to be
sure that nobody's program makes floats of them, texts.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line; without price or text they are the article's own."""

    article: str
    quantity: Decimal
    unit_price: Decimal | None = None
    text: str = ""


class OrderPlaced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kantoor.sales.order.placed`: a customer ordered something.

    `number` is the front office's own; `country` where it goes, if not to the customer's. As far
    as the front office has gone with it, `step` says: placed, confirmed, or invoiced, when it is
    delivered and the customer is to be charged.
    """

    number: str
    customer: str
    lines: Sequence[Line]
    date: date
    country: str = ""
    text: str = ""
    step: Literal["placed", "confirmed", "invoiced"] = "placed"


class OrderCancelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kantoor.sales.order.cancelled`: an order is off, by the front office's number."""

    number: str


class CustomerChanged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kantoor.sales.customer.changed`: a customer is new or has changed.

    What is left out stays as it is; a new one needs a name.
    """

    code: str
    name: str | None = None
    kind: Literal["person", "organisation"] = "organisation"
    email: str | None = None
    phone: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    vat_number: str | None = None
    registration: str | None = None
    language: str | None = None
    payment_days: int | None = None
    blocked: bool | None = None


class ArticleChanged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kantoor.sales.article.changed`: an article is new or has changed.

    What is left out stays as it is; a new one needs a name and a price.
    """

    code: str
    name: str | None = None
    unit_price: Decimal | None = None
    active: bool | None = None


class ReturnTaken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kantoor.sales.return.taken`: a customer brought something back, and is credited.

    `order` is the front office's number of the order it was sold by, if that is known;
    quantities are above nought.
    """

    number: str
    customer: str
    lines: Sequence[Line]
    date: date
    order: str = ""
    country: str = ""
    text: str = ""
    credit: bool = True
