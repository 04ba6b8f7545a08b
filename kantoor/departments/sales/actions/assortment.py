"""Find the articles of lines by code, many at once, and make lines of what people write."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.drafts import LineDraft, ReadyLine
from kantoor.departments.sales.errors import EmptyOrder, UnknownArticle, WrongLine
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import LARGEST, SCALE, exponent, half_up_ratio
from kantoor.kernel.store.lookup import rows_by_key

LONGEST_TEXT = 200
DIGITS = 18
"""Of a quantity or price scaled 10**-6: what a column of 64 bits surely holds."""


class Sold(NamedTuple):
    """An article as lines need it; the price is scaled 10**-6."""

    id: int
    name: str
    unit_price: int
    active: bool


def articles_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, Sold]:
    """Those of these articles that there are, whether still sold or not."""
    found = rows_by_key(
        "SELECT code, id, name, unit_price, active FROM sales_article"
        " WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        codes,
    )
    return {code: Sold._make(row) for code, row in found.items()}


def ready_lines(
    actor: Actor, articles: dict[str, Sold], drafts: Sequence[LineDraft], place: int
) -> list[ReadyLine]:
    """The lines with their net amounts; raises UnknownArticle, EmptyOrder or WrongLine."""
    if not drafts:
        raise EmptyOrder(_("Give at least one line."), field="lines", line=place)
    whole = 10 ** (2 * SCALE - exponent(actor.currency))
    return [_ready(articles, draft, whole, place) for draft in drafts]


def _ready(articles: dict[str, Sold], draft: LineDraft, whole: int, place: int) -> ReadyLine:
    article = articles.get(draft.article)
    if article is None or not article.active:
        said = _("There is no article “{code}” on sale.").format(code=draft.article[:40])
        raise UnknownArticle(said, field="article", line=place)
    if len(draft.text) > LONGEST_TEXT or "\0" in draft.text:
        raise WrongLine(_("The text is longer than 200 characters."), field="text", line=place)
    quantity = scaled(draft.quantity, "quantity", place)
    price = article.unit_price
    if draft.unit_price is not None:
        price = scaled(draft.unit_price, "unit_price", place)
    if quantity == 0:
        raise WrongLine(_("A line needs a quantity."), field="quantity", line=place)
    if price < 0:
        message = _("A price is not below nought; make the quantity negative instead.")
        raise WrongLine(message, field="unit_price", line=place)
    net = half_up_ratio(quantity * price, whole)
    if not -LARGEST <= net <= LARGEST:
        raise WrongLine(_("The amount is beyond 64 bits."), field="quantity", line=place)
    return draft.article, draft.text or article.name, quantity, price, net


def scaled(value: Decimal, field: str, place: int | None = None) -> int:
    """A decimal as an integer of 10**-6, exactly; raises WrongLine when it has more decimals."""
    sign, digits, power = value.as_tuple()
    if not isinstance(power, int):
        raise WrongLine(_("This is no number."), field=field, line=place)
    shift, whole = power + SCALE, int("".join(map(str, digits)))
    if shift < 0 and whole % 10 ** min(-shift, len(digits) + 1):
        raise WrongLine(_("No more than six decimals."), field=field, line=place)
    if len(digits) + shift > DIGITS and whole:
        raise WrongLine(_("This number is too large."), field=field, line=place)
    exact: int = whole * 10**shift if shift >= 0 else whole // 10 ** min(-shift, len(digits))
    return -exact if sign else exact
