"""Use articles: tie them to cases and problems, and say that one helped."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.articles.writing import articles_by_code
from kantoor.departments.ict.actions.cases.finding import cases_by_number
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.cases.self_service import ASK
from kantoor.departments.ict.errors import UnknownArticle
from kantoor.departments.ict.models import ArticleHelped, ArticleUse
from kantoor.departments.ict.queries.articles.articles import readable
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


@action(permission=HANDLE, title=_("Tie an article to cases"))
def use_article(actor: Actor, /, *, article: str, numbers: Sequence[str]) -> None:
    """Say that an article is about these cases or problems; what is tied already stays so.

    Raises UnknownArticle, UnknownCase.
    """
    row = articles_by_code(actor, [article], field="article")[0]
    cases = cases_by_number(actor, numbers)
    known = set(
        ArticleUse.objects.filter(article=row, case__in=cases).values_list("case", flat=True)
    )
    ArticleUse.objects.bulk_create(
        [ArticleUse(article=row, case=case) for case in cases if case.pk not in known]
    )
    concerns(f"ict.case/{cases[0].pk}" if len(cases) == 1 else f"ict.article/{row.pk}")


@action(permission=ASK, title=_("This article helped me"))
def article_helped(actor: Actor, /, *, article: str) -> None:
    """Say that an article helped; each person counts once. Raises UnknownArticle."""
    row = readable(actor).filter(code=article).first()
    if row is None:
        message = _("There is no article “{code}”.").format(code=article[:60])
        raise UnknownArticle(message, field="article")
    if actor.user_id is None:
        raise InvalidInput(_("Sign in as a person to say so."), field="article")
    if not ArticleHelped.objects.filter(article=row, user_id=actor.user_id).exists():
        ArticleHelped.objects.create(article=row, user_id=actor.user_id)
    concerns(f"ict.article/{row.pk}")
