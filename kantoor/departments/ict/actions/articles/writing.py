"""Write articles: each text is a version that stays; published and withdrawn in bulk."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import services_by_code
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.drafts_articles import ArticleDraft
from kantoor.departments.ict.errors import KnownAlready, UnknownArticle
from kantoor.departments.ict.models import Article, ArticleVersion
from kantoor.departments.ict.models.articles.articles import DRAFT, PUBLISHED, WITHDRAWN
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LONGEST_TEXT = 100_000


@action(permission=HANDLE, title=_("Write an article"))
def write_article(actor: Actor, /, *, article: ArticleDraft) -> str:
    """Write an article as a draft; gives its code. Raises KnownAlready, InvalidInput."""
    code = slugify(article.code or article.title)[:60].strip("-")
    if not code:
        raise InvalidInput(_("Give a title of words."), field="title")
    if scoped(actor, Article).filter(code=code).exists():
        message = _("There is a “{code}” already.").format(code=code)
        raise KnownAlready(message, field="code")
    row = Article(company_id=actor.company_id, code=code, state=DRAFT)
    _write(actor, row, article, timezone.now())
    return code


@action(permission=HANDLE, title=_("Change an article"))
def change_article(actor: Actor, /, *, article: ArticleDraft) -> str:
    """Say anew what an article says; its former text stays among its versions.

    Raises UnknownArticle, InvalidInput.
    """
    row = articles_by_code(actor, [article.code])[0]
    changed = (row.title, row.text) != (article.title.strip(), article.text.strip())
    row.version += changed
    _write(actor, row, article, timezone.now(), fresh=changed)
    return row.code


@action(permission=HANDLE, title=_("Publish articles"))
def publish_articles(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """Let articles be read and suggested. Raises UnknownArticle."""
    _bring(actor, codes, PUBLISHED)


@action(permission=HANDLE, title=_("Withdraw articles"))
def withdraw_articles(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """No longer let articles be read but by the desk. Raises UnknownArticle."""
    _bring(actor, codes, WITHDRAWN)


def articles_by_code(actor: Actor, codes: Sequence[str], field: str = "codes") -> list[Article]:
    """The articles of these codes in their order, locked. Raises UnknownArticle."""
    rows = scoped(actor, Article).select_for_update().filter(code__in=set(codes)).order_by("pk")
    found = {row.code: row for row in rows}
    for place, code in enumerate(codes, 1):
        if code not in found:
            message = _("There is no article “{code}”.").format(code=code[:60])
            raise UnknownArticle(message, field=field, line=place)
    return [found[code] for code in dict.fromkeys(codes)]


def _write(
    actor: Actor, row: Article, draft: ArticleDraft, at: datetime, *, fresh: bool = True
) -> None:
    if not draft.title.strip() or not draft.text.strip():
        message = _("Give a title and a text.")
        raise InvalidInput(message, field="text" if draft.title.strip() else "title")
    if len(draft.text) > LONGEST_TEXT:
        said = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(said, field="text")
    row.title, row.text, row.kind = draft.title.strip(), draft.text.strip(), draft.kind
    row.keywords, row.for_all = draft.keywords.strip(), draft.for_all
    row.service_id = services_by_code(actor, [draft.service]).get(draft.service)
    row.changed_at = at
    row.save()
    if fresh:
        ArticleVersion.objects.create(
            article=row, number=row.version, title=row.title, text=row.text, at=at,
            user_id=actor.user_id,
        )  # fmt: skip
    concerns(f"ict.article/{row.pk}")


def _bring(actor: Actor, codes: Sequence[str], state: str) -> None:
    found = articles_by_code(actor, codes)
    for row in found:
        row.state, row.changed_at = state, timezone.now()
    Article.objects.bulk_update(found, ["state", "changed_at"])
    if len(found) == 1:
        concerns(f"ict.article/{found[0].pk}")
