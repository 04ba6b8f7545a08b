"""Articles: which one may read, one with its versions, and those that fit what somebody types."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import Case as Branch
from django.db.models import Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownArticle
from kantoor.departments.ict.models import Article, ArticleUse, ArticleVersion
from kantoor.departments.ict.models.articles.articles import PUBLISHED
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

ASK = "ict.ask_help"
MOST_WORDS, LEAST_LETTERS, SUGGESTED, MOST_USES = 8, 4, 5, 200
State = Literal["", "draft", "published", "withdrawn"]
_WORD = re.compile(r"\w+")


class HelpArticleRow(msgspec.Struct, frozen=True):
    """An article as listed; `helped` counts the people who said so."""

    id: int
    code: str
    kind: str
    state: str
    title: str
    service: str
    for_all: bool
    helped: int
    changed_at: datetime


class VersionShown(msgspec.Struct, frozen=True):
    """A text that an article had, and who wrote it."""

    number: int
    title: str
    text: str
    at: datetime
    who: str


class ArticleShown(msgspec.Struct, frozen=True):
    """An article to read; `versions` and `cases` (number and title) are for the desk."""

    article: HelpArticleRow
    text: str
    keywords: str
    service: str
    versions: Sequence[VersionShown]
    cases: Sequence[tuple[str, str]]


@query(permission=ASK, title=_("Articles"), exposed=True)
def articles(
    actor: Actor, /, *, search: str = "", state: State = "", cursor: str = "", limit: int = PAGE
) -> Page[HelpArticleRow]:
    """The articles one may read, the latest first; all words of `search` stand in each."""
    found = readable(actor).select_related("service")
    if state:
        found = found.filter(state=state)
    for word in search.split()[:MOST_WORDS]:
        found = found.filter(
            Q(title__icontains=word) | Q(keywords__icontains=word) | Q(text__icontains=word)
        )
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.with_rows(_rows(page.rows))


@query(permission=ASK, title=_("Articles that may help"), exposed=True)
def suggested(actor: Actor, /, *, text: str) -> list[HelpArticleRow]:
    """The published articles that fit a text best, by the words that they share with it."""
    words = [word for word in _WORD.findall(text.lower()[:500]) if len(word) >= LEAST_LETTERS]
    words = list(dict.fromkeys(words))[:MOST_WORDS]
    if not words:
        return []
    score = Value(0)
    for word in words:
        named = Q(title__icontains=word) | Q(keywords__icontains=word)
        score = score + Branch(  # type: ignore[assignment]
            When(named, then=Value(3)),
            When(text__icontains=word, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    fit = readable(actor).filter(state=PUBLISHED).annotate(score=score)
    # A word in passing is no fit.
    rows = fit.filter(score__gte=2).select_related("service").order_by("-score", "pk")
    return _rows(list(rows[:SUGGESTED]))


@query(permission=ASK, title=_("An article"), exposed=True)
def article(actor: Actor, /, *, code: str) -> ArticleShown:
    """One article; raises UnknownArticle, for one too that is not for the reader."""
    row = readable(actor).select_related("service").filter(code=code).first()
    if row is None:
        message = _("There is no article “{code}”.").format(code=code[:60])
        raise UnknownArticle(message, field="code")
    desk = actor.may(READ)
    return ArticleShown(
        _rows([row])[0],
        row.text,
        row.keywords,
        row.service.code if row.service else "",
        _versions(row) if desk else [],
        _cases(row) if desk else [],
    )


def readable(actor: Actor) -> QuerySet[Article]:
    """The articles that one may read: the desk all, others what is published for all."""
    found = scoped(actor, Article)
    return found if actor.may(READ) else found.filter(state=PUBLISHED, for_all=True)


def articles_of(case_id: int) -> list[tuple[str, str]]:
    """Code and title of the articles that are tied to a case."""
    rows = ArticleUse.objects.filter(case=case_id).select_related("article").order_by("pk")
    return [(row.article.code, row.article.title) for row in rows[:MOST_USES]]


def _versions(row: Article) -> list[VersionShown]:
    found = list(ArticleVersion.objects.filter(article=row).order_by("-number")[:MOST_USES])
    keys = {each.user_id for each in found if each.user_id}
    names = dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [
        VersionShown(each.number, each.title, each.text, each.at, names.get(each.user_id or 0, ""))
        for each in found
    ]


def _cases(row: Article) -> list[tuple[str, str]]:
    uses = ArticleUse.objects.filter(article=row).select_related("case").order_by("-pk")
    return [(str(each.case), each.case.title) for each in uses[:MOST_USES]]


def _rows(found: Sequence[Article]) -> list[HelpArticleRow]:
    counted = Article.objects.filter(pk__in=[each.pk for each in found])
    helped = dict(counted.values_list("pk").annotate(Count("helped")))
    return [
        HelpArticleRow(
            each.pk,
            each.code,
            each.kind,
            each.state,
            each.title,
            each.service.name if each.service else "",
            each.for_all,
            helped.get(each.pk, 0),
            each.changed_at,
        )
        for each in found
    ]
