"""Articles as pages: the assortment, and one article."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.queries.articles import ArticleRow, article, articles
from kantoor.departments.sales.queries.numbers_of import article_codes
from kantoor.departments.sales.web import papers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.record_page import Fact

ACTIVE: States = {True: (_("For sale"), "good"), False: (_("Not for sale"), "quiet")}

ARTICLES = ListView(
    key="sales.articles",
    title=_("Articles"),
    query=articles,
    columns=[
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="active", title=_("State"), kind="status", states=ACTIVE),
        Col(key="unit_price", title=_("Price"), kind="number", sort=True, phone="figure"),
    ],
    narrows=[Narrow(key="active", title=_("For sale"), kind="boolean")],
    sort="code",
    row_url=lambda row: papers.article_url(row.code),
    muted=lambda row: not row.active,
    new="sales.create_article",
    search_hint=_("Code or name"),
    empty=Empty(_("No articles yet"), _("They come in with your first orders."), icon="box"),
)


def show(actor: Actor, row: ArticleRow) -> Thing:
    """An article with its price."""
    word, tone = ACTIVE[row.active]
    prefix = {"change.code": row.code}
    return Thing(
        title=f"{row.code} {row.name}",
        row=row.id,
        state=Status(str(row.active), str(word), tone),
        facts=[
            Fact(gettext("Code"), row.code),
            Fact(gettext("Name"), row.name),
            Fact(gettext("Price"), f"{actor.currency} {papers.price(actor, row.unit_price)}"),
        ],
        steps=[act_for(actor, "sales.alter_article", prefix, label=_("Change"), icon="pencil")],
        breadcrumb=[Link(gettext("Articles"), ARTICLES.url)],
    )


ARTICLE = RecordView(
    key="sales.articles",
    title=_("Article"),
    kind="sales.article",
    path="<path:code>",
    find=article,
    show=show,
)


@page_of("sales.article", title=_("Article"))
def article_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of articles by their keys."""
    found = article_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(code, papers.article_url(code)) for key, code in found.items()}


@searcher("sales.article", title=_("Articles"), permission="sales.read_orders", icon="box")
def find_articles(actor: Actor, words: str, most: int) -> list[Found]:
    """Articles by the beginning of their code or a part of their name."""
    page = articles(actor, search=words.strip(), limit=most)
    return [Found(row.name, papers.article_url(row.code), row.code) for row in page.rows]
