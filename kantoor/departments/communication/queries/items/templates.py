"""Templates that items are begun with."""

from datetime import datetime
from typing import Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import ItemTemplate
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

YesNo = Literal["", "0", "1"]


class TemplateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A template as listed."""

    id: int
    code: str
    name: str
    kind: str
    language: str
    active: bool
    changed_at: datetime


class TemplateShown(msgspec.Struct, frozen=True, kw_only=True):
    """A template with its text."""

    template: TemplateRow
    title: str
    summary: str
    body: str


@query(permission=READ_ITEMS, title=_("Templates"), exposed=True)
def item_templates(
    actor: Actor, /, *, active: YesNo = "1", search: str = "", cursor: str = "", limit: int = PAGE
) -> Page[TemplateRow]:
    """The templates, by name; those in use unless asked."""
    found = scoped(actor, ItemTemplate)
    if active:
        found = found.filter(active=active == "1")
    for word in search.split()[:8]:
        found = found.filter(name__icontains=word)
    return page_by(found, order=("name", "id"), cursor=cursor, limit=limit, totals={}).map(_row)


@query(permission=READ_ITEMS, title=_("A template"), exposed=True)
def item_template(actor: Actor, /, *, code: str) -> TemplateShown:
    """A template with its text. Raises UnknownItem."""
    row = scoped(actor, ItemTemplate).filter(code=code).first()
    if row is None:
        message = _("There is no template “{code}”.").format(code=code[:60])
        raise UnknownItem(message, field="code")
    return TemplateShown(template=_row(row), title=row.title, summary=row.summary, body=row.body)


def _row(row: ItemTemplate) -> TemplateRow:
    return TemplateRow(
        id=row.pk, code=row.code, name=row.name, kind=row.kind, language=row.language,
        active=row.active, changed_at=row.changed_at,
    )  # fmt: skip
