"""Articles: made and changed."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.assortment import articles_by_code, scaled
from kantoor.departments.sales.errors import KnownAlready, UnknownArticle, WrongLine
from kantoor.departments.sales.models import Article
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

MANAGE = "sales.manage_articles"
LONGEST_CODE, LONGEST_NAME = 40, 200


class ArticleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An article; `unit_price` is net, in the company's currency."""

    code: str
    name: str
    unit_price: Decimal
    active: bool = True


class ArticleChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the article with this code; what is not said stays as it is."""

    code: str
    name: str | None = None
    unit_price: Decimal | None = None
    active: bool | None = None


@action(permission=MANAGE, title=_("Add articles"), bulk_of="sales.create_article")
def create_articles(actor: Actor, /, *, articles: Sequence[ArticleDraft]) -> int:
    """Add articles, all or none; gives how many. Raises KnownAlready."""
    known = set(articles_by_code(actor, {each.code for each in articles}))
    rows = []
    for place, each in enumerate(articles, 1):
        if each.code in known:
            message = _("There is an article {code} already.").format(code=each.code)
            raise KnownAlready(message, field="code", line=place)
        known.add(each.code)
        rows.append(_checked(each, place))
    if rows:
        first = take_ids(Article, len(rows))
        insert_rows(Article, [(first + n, actor.company_id, *row) for n, row in enumerate(rows)])
    return len(rows)


@action(permission=MANAGE, title=_("Add an article"))
def create_article(actor: Actor, /, *, article: ArticleDraft) -> int:
    """Add one article."""
    return create_articles(actor, articles=[article])


@action(permission=MANAGE, title=_("Change articles"), bulk_of="sales.alter_article")
def alter_articles(actor: Actor, /, *, changes: Sequence[ArticleChange]) -> int:
    """Change articles, all or none; gives how many. What was sold already stays as it was."""
    if not changes:
        return 0
    wanted = {each.code for each in changes}
    found = {
        row.code: row for row in scoped(actor, Article).select_for_update().filter(code__in=wanted)
    }
    for place, each in enumerate(changes, 1):
        article = found.get(each.code)
        if article is None:
            message = _("There is no article “{code}”.").format(code=each.code[:40])
            raise UnknownArticle(message, field="code", line=place)
        _change(article, each, place)
    Article.objects.bulk_update(found.values(), ["name", "unit_price", "active"])
    if len(found) == 1:
        concerns(f"sales.article/{next(iter(found.values())).pk}")
    return len(found)


@action(permission=MANAGE, title=_("Change an article"))
def alter_article(actor: Actor, /, *, change: ArticleChange) -> int:
    """Change one article."""
    return alter_articles(actor, changes=[change])


def _checked(draft: ArticleDraft, place: int) -> tuple[str, str, int, int]:
    """Code, name, price and whether it is sold, as a row holds them."""
    for field, text, longest in (
        ("code", draft.code, LONGEST_CODE),
        ("name", draft.name, LONGEST_NAME),
    ):
        if not text.strip() or len(text) > longest or "\0" in text:
            message = _("This has 1 to {most} characters.").format(most=longest)
            raise InvalidInput(message, field=field, line=place)
    price = _price(draft.unit_price, place)
    return draft.code.strip(), draft.name.strip(), price, int(draft.active)


def _change(article: Article, change: ArticleChange, place: int) -> None:
    if change.name is not None:
        if not change.name.strip():
            raise InvalidInput(_("An article needs a name."), field="name", line=place)
        article.name = change.name.strip()
    if change.unit_price is not None:
        _price(change.unit_price, place)
        article.unit_price = change.unit_price
    if change.active is not None:
        article.active = change.active


def _price(price: Decimal, place: int) -> int:
    exact = scaled(price, "unit_price", place)
    if exact < 0:
        raise WrongLine(_("A price is nought or more."), field="unit_price", line=place)
    return exact
