"""Templates: texts in the style of the house that items are begun with."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.pictures import refuse_unknown_pictures
from kantoor.departments.communication.actions.items.writing import known_language, write_item
from kantoor.departments.communication.department import MANAGE_CHANNELS, WRITE_ITEMS
from kantoor.departments.communication.drafts_items import ItemDraft, TemplateDraft
from kantoor.departments.communication.errors import KnownAlready, UnknownItem
from kantoor.departments.communication.models import ItemTemplate
from kantoor.departments.communication.models.items.item import EVENT
from kantoor.departments.communication.rendering.checking import check_text
from kantoor.departments.communication.rendering.pasted import without_html
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LONGEST_NAME, LONGEST_CODE = 120, 60
AWAY = timedelta(days=7)
"""How far away an event begins until somebody says when."""


@action(permission=MANAGE_CHANNELS, title=_("Add a template"))
def add_item_template(actor: Actor, /, *, template: TemplateDraft) -> str:
    """Add a template; gives its code. What is to be filled in stands in {braces}.

    Raises KnownAlready, InvalidInput, BadPicture.
    """
    code = slugify(template.code or template.name)[:LONGEST_CODE].strip("-")
    if not code:
        raise InvalidInput(_("Give a name of words."), field="name")
    if scoped(actor, ItemTemplate).filter(code=code).exists():
        message = _("There is a “{code}” already.").format(code=code)
        raise KnownAlready(message, field="code" if template.code else "name")
    _write(actor, ItemTemplate(company_id=actor.company_id, code=code), template)
    return code


@action(permission=MANAGE_CHANNELS, title=_("Change a template"))
def change_item_template(actor: Actor, /, *, template: TemplateDraft) -> str:
    """Say anew what a template says; items that were begun with it stay as they are.

    Raises UnknownItem, InvalidInput, BadPicture.
    """
    row = _template(actor, template.code)
    _write(actor, row, template)
    return row.code


@action(permission=MANAGE_CHANNELS, title=_("Take a template out of use"))
def retire_item_template(actor: Actor, /, *, code: str) -> None:
    """No longer offer a template. Raises UnknownItem."""
    _use(actor, code, active=False)


@action(permission=MANAGE_CHANNELS, title=_("Take a template into use again"))
def restore_item_template(actor: Actor, /, *, code: str) -> None:
    """Offer a template again. Raises UnknownItem."""
    _use(actor, code, active=True)


@action(permission=WRITE_ITEMS, title=_("Begin with a template"))
def begin_item(actor: Actor, /, *, template: str, title: str = "") -> str:
    """Begin an item with a template, as a draft to be filled in; gives its code.

    Raises UnknownItem for one that is not in use.
    """
    row = scoped(actor, ItemTemplate).filter(code=template, active=True).first()
    if row is None:
        message = _("There is no template “{code}”.").format(code=template[:60])
        raise UnknownItem(message, field="template")
    draft = ItemDraft(
        kind=row.kind,  # type: ignore[arg-type]
        title=title.strip() or row.title or row.name,
        summary=row.summary,
        body=row.body,
        language=row.language,
        event_from=timezone.now() + AWAY if row.kind == EVENT else None,
    )
    return write_item(actor, item=draft)


def _use(actor: Actor, code: str, *, active: bool) -> None:
    row = _template(actor, code)
    row.active, row.changed_at = active, timezone.now()
    row.save()
    concerns(f"communication.item_template/{row.pk}")


def _template(actor: Actor, code: str) -> ItemTemplate:
    row = scoped(actor, ItemTemplate).select_for_update().filter(code=code).first()
    if row is None:
        message = _("There is no template “{code}”.").format(code=code[:60])
        raise UnknownItem(message, field="code")
    return row


def _write(actor: Actor, row: ItemTemplate, draft: TemplateDraft) -> None:
    name, body = draft.name.strip(), without_html(draft.body)
    if not name or len(name) > LONGEST_NAME:
        message = _("Give a name of at most {most} characters.").format(most=LONGEST_NAME)
        raise InvalidInput(message, field="name")
    title, summary = draft.title.strip(), " ".join(draft.summary.split())
    check_text(title or name, summary, body)
    refuse_unknown_pictures(actor, [(body, "")])
    row.name, row.kind, row.title, row.summary, row.body = name, draft.kind, title, summary, body
    row.language = known_language(actor, draft.language)
    row.changed_at = timezone.now()
    row.save()
    concerns(f"communication.item_template/{row.pk}")
