"""Articles: the register, and one article."""

from decimal import Decimal

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.errors import UnknownArticle
from kantoor.departments.sales.models import Article
from kantoor.departments.sales.queries.orders import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class ArticleRow(msgspec.Struct, frozen=True):
    """An article; `unit_price` is net, in the company's currency."""

    id: int
    code: str
    name: str
    unit_price: Decimal
    active: bool


@query(permission=READ, title=_("Articles"), exposed=True)
def articles(
    actor: Actor,
    /,
    *,
    search: str = "",
    active: bool | None = None,
    sort: str = "code",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ArticleRow]:
    """The assortment."""
    found = scoped(actor, Article)
    if search:
        found = found.filter(Q(code__istartswith=search) | Q(name__icontains=search))
    if active is not None:
        found = found.filter(active=active)
    keys = {"code": ("code",), "name": ("name",), "unit_price": ("unit_price",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.map(_row)


@query(permission=READ, title=_("An article"), exposed=True)
def article(actor: Actor, /, *, code: str) -> ArticleRow:
    """One article by code. Raises UnknownArticle."""
    row = scoped(actor, Article).filter(code=code).first()
    if row is None:
        message = _("There is no article “{code}”.").format(code=code[:40])
        raise UnknownArticle(message, field="code")
    return _row(row)


def _row(row: Article) -> ArticleRow:
    return ArticleRow(row.pk, row.code, row.name, row.unit_price, row.active)
