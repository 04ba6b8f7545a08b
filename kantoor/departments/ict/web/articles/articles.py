"""Articles: as a list, as a page to read, and the forms that write them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownArticle
from kantoor.departments.ict.queries.articles.articles import ArticleShown, article, articles
from kantoor.departments.ict.web.cases import words
from kantoor.departments.ict.web.cases.plans import services
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.search import search_in
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.record_page import Fact, Related, Relation

STATES: States = {
    "draft": (_("Draft"), "wait"),
    "published": (_("Published"), "good"),
    "withdrawn": (_("Withdrawn"), "quiet"),
}
KINDS = {"article": _("Article"), "error": _("Known error")}


def article_url(code: str) -> str:
    """The page of an article."""
    return f"/ict/articles/{quote(code)}"


ARTICLES = ListView(
    key="ict.articles",
    title=_("Articles"),
    query=articles,
    columns=[
        Col(
            key="title",
            title=_("Title"),
            kind="link",
            url=lambda row: article_url(row.code),
            phone="title",
        ),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], phone="meta"),
        Col(key="service", title=_("Service")),
        Col(
            key="state",
            title=_("State"),
            kind="status",
            value=lambda row: row.state,
            states=STATES,
        ),
        Col(key="helped", title=_("Helped"), kind="number", phone="figure"),
        Col(key="changed_at", title=_("Changed"), kind="datetime"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in STATES.items()},
        )
    ],
    row_key="code",
    row_url=lambda row: article_url(row.code),
    bulk=[
        Bulk(action="ict.publish_articles", parameter="codes", icon="eye"),
        Bulk(action="ict.withdraw_articles", parameter="codes", icon="eye-off"),
    ],
    new="ict.write_article",
    search_hint=_("Words of the title or the text"),
    empty=Empty(
        _("No articles yet"),
        _("Write down what solved a case: who has the same finds it while they ask."),
        icon="book",
    ),
)
search_in(ARTICLES, icon="book")


def show_article(actor: Actor, shown: ArticleShown) -> Thing:
    """An article to read; for the desk with its former texts and what it was used for."""
    row = shown.article
    here = article_url(row.code)
    word, tone = STATES[row.state]
    cases = [Related(Link(number, words.case_url(number)), title) for number, title in shown.cases]
    desk = actor.may("ict.handle_cases")
    publish = act_for(
        actor, "ict.publish_articles", label=_("Publish"), icon="eye", at_once=True, back=here,
        codes=[row.code],
    )  # fmt: skip
    withdraw = act_for(
        actor, "ict.withdraw_articles", label=_("Withdraw"), icon="eye-off", at_once=True,
        back=here, codes=[row.code],
    )  # fmt: skip
    change = act_for(
        actor, "ict.change_article", {"article.code": row.code}, label=_("Change"),
        icon="pencil", key="e", back=here,
    )  # fmt: skip
    return Thing(
        title=force_str(KINDS[row.kind]),
        row=row.id if desk else None,
        state=Status(row.state, force_str(word), tone),
        since=row.changed_at,
        facts=[
            *([Fact(gettext("Service"), row.service)] if row.service else []),
            Fact(gettext("Helped"), row.helped),
        ],
        steps=[withdraw if row.state == "published" else publish, change],
        relations=[Relation(gettext("Cases"), cases)] if cases else [],
        body={
            "heading": row.title,
            "text": shown.text,
            "versions": shown.versions[1:],
            "helped": {"code": row.code, "back": here} if row.state == "published" else None,
        },
    )


ARTICLE = RecordView(
    key="ict.articles",
    title=_("Article"),
    kind="ict.article",
    path="<str:code>",
    find=article,
    show=show_article,
    template="ict/article.html",
)


def _article_now(actor: Actor, given: Given) -> Given:
    """An article as it is."""
    try:
        shown = article(actor, code=str(given.get("article.code", "")))
    except UnknownArticle:
        return {}
    return {
        "article.title": shown.article.title,
        "article.text": shown.text,
        "article.kind": shown.article.kind,
        "article.keywords": shown.keywords,
        "article.service": shown.service,
        "article.for_all": shown.article.for_all,
    }


def article_names(actor: Actor) -> Mapping[str, Any]:
    """The latest articles to choose from, by code."""
    rows: Sequence[Any] = articles(actor, limit=200).rows
    return {row.code: row.title for row in rows}


CHOICES: dict[str, Any] = {"article.kind": KINDS, "article.service": services}
plan(
    "ict.write_article",
    Plan(
        choices=CHOICES,
        kinds={"article.text": "lines_of_text"},
        goes_to=lambda _actor, code: article_url(str(code)),
    ),
)
plan(
    "ict.change_article",
    Plan(
        choices=CHOICES,
        kinds={"article.text": "lines_of_text", "article.code": "hidden"},
        prefill=_article_now,
        goes_to=lambda _actor, code: article_url(str(code)),
        in_palette=False,
    ),
)
plan("ict.use_article", Plan(choices={"article": article_names}, in_palette=False))
plan("ict.article_helped", Plan(in_palette=False))
name_field("keywords", _("Words to find it by"))
name_field("for_all", _("Employees may read it"), _("Without this the desk alone."))
name_field("article.title", _("Title"))
name_field("article.text", _("Text"))
name_field("article.code", _("Code"), _("Follows from the title."))
name_field("ict.use_article:numbers", _("Cases"), _("Their numbers, one a line."))
