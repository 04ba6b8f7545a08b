"""Arrange the catalogue: items, their forms, who must agree, and what is to be done."""

from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import check_levels
from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.actions.cases.finding import queues_by_code, services_by_code
from kantoor.departments.ict.drafts_catalogue import FieldDraft, ItemDraft
from kantoor.departments.ict.errors import KnownAlready, UnknownItem
from kantoor.departments.ict.models import CatalogueField, CatalogueItem
from kantoor.departments.ict.models.catalogue.items import CHOICE, OWNER, ROLE
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

MOST_FIELDS, MOST_TASKS, MOST_CHOICES = 40, 40, 200
LONGEST_CHOICE, LONGEST_TASK, LONGEST_TEXT = 120, 200, 4_000


@action(permission=MANAGE, title=_("Add to the catalogue"))
def add_catalogue_item(actor: Actor, /, *, item: ItemDraft) -> str:
    """Offer something in the catalogue; gives its code.

    Raises KnownAlready, UnknownService, UnknownQueue or InvalidInput.
    """
    code = item.code.strip()
    if not code or code != slugify(code):
        words = _("Give a code of small letters, digits and hyphens.")
        raise InvalidInput(words, field="code")
    if scoped(actor, CatalogueItem).filter(code=code).exists():
        message = _("There is a “{code}” already.").format(code=code)
        raise KnownAlready(message, field="code")
    row = CatalogueItem(company_id=actor.company_id, code=code)
    _arrange(actor, row, item)
    row.save()
    _set_fields(row, item.fields)
    concerns(f"ict.catalogue_item/{row.pk}")
    return code


@action(permission=MANAGE, title=_("Change an item of the catalogue"))
def change_catalogue_item(actor: Actor, /, *, item: ItemDraft) -> str:
    """Say anew what an item of the catalogue is; what was asked from it stays as it is.

    Raises UnknownItem, UnknownService, UnknownQueue or InvalidInput.
    """
    row = items_by_code(actor, [item.code])[item.code]
    _arrange(actor, row, item)
    row.save()
    row.fields.all().delete()
    _set_fields(row, item.fields)
    concerns(f"ict.catalogue_item/{row.pk}")
    return row.code


@action(permission=MANAGE, title=_("Take from the catalogue"))
def withdraw_catalogue_items(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """No longer offer these items; what was asked from them goes on. Raises UnknownItem."""
    _offer(actor, codes, active=False)


@action(permission=MANAGE, title=_("Offer in the catalogue again"))
def offer_catalogue_items(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """Offer these items again. Raises UnknownItem."""
    _offer(actor, codes, active=True)


def items_by_code(
    actor: Actor, codes: Sequence[str], *, offered: bool = False
) -> dict[str, CatalogueItem]:
    """The items of these codes, locked; raises UnknownItem with the place of the first."""
    rows = scoped(actor, CatalogueItem).select_for_update(of=("self",)).filter(code__in=set(codes))
    rows = rows.select_related("service", "queue")
    if offered:
        rows = rows.filter(active=True)
    found = {row.code: row for row in rows.order_by("pk")}
    for place, code in enumerate(codes, 1):
        if code not in found:
            message = _("There is no “{code}” in the catalogue.").format(code=code[:40])
            raise UnknownItem(message, field="item", line=place)
    return found


def _offer(actor: Actor, codes: Sequence[str], *, active: bool) -> None:
    found = list(items_by_code(actor, codes).values())
    for row in found:
        row.active = active
    CatalogueItem.objects.bulk_update(found, ["active"])
    if len(found) == 1:
        concerns(f"ict.catalogue_item/{found[0].pk}")


def _arrange(actor: Actor, row: CatalogueItem, item: ItemDraft) -> None:
    check_levels(item.impact, item.urgency)
    tasks = [line.strip() for line in item.tasks.splitlines() if line.strip()]
    if not item.name.strip():
        raise InvalidInput(_("Give a name."), field="name")
    if len(item.text) > LONGEST_TEXT:
        message = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(message, field="text")
    if len(tasks) > MOST_TASKS or any(len(task) > LONGEST_TASK for task in tasks):
        words = _("At most {most} tasks, each of at most {length} characters.")
        raise InvalidInput(words.format(most=MOST_TASKS, length=LONGEST_TASK), field="tasks")
    if item.approval == OWNER and not item.service:
        raise InvalidInput(_("Choose the service whose owner agrees."), field="service")
    if (item.approval == ROLE) != bool(item.role):
        raise InvalidInput(_("Choose the role that agrees, or another approval."), field="role")
    if item.role and not Role.objects.filter(code=item.role).exists():
        raise InvalidInput(_("There is no such role."), field="role")
    row.service_id = services_by_code(actor, [item.service]).get(item.service)
    row.queue_id = queues_by_code(actor, [item.queue]).get(item.queue)
    row.name, row.text, row.section = item.name.strip(), item.text.strip(), item.section.strip()
    row.impact, row.urgency = item.impact, item.urgency
    row.approval, row.role, row.tasks = item.approval, item.role, "\n".join(tasks)


def _set_fields(row: CatalogueItem, fields: Sequence[FieldDraft]) -> None:
    if len(fields) > MOST_FIELDS:
        many = _("A form has at most {most} fields.").format(most=MOST_FIELDS)
        raise InvalidInput(many, field="fields")
    made: dict[str, CatalogueField] = {}
    for place, each in enumerate(fields, 1):
        key = slugify(each.key or each.label)[:40]
        if not key or key in made:
            message = _("Give each field a label of its own.")
            raise InvalidInput(message, field="label", line=place)
        if each.least is not None and each.most is not None and each.least > each.most:
            raise InvalidInput(_("The least is more than the most."), field="least", line=place)
        made[key] = CatalogueField(
            item=row, place=place, key=key, label=each.label.strip(), kind=each.kind,
            hint=each.hint.strip(), required=each.required, choices=_choices(each, place),
            least=each.least, most=each.most,
        )  # fmt: skip
    CatalogueField.objects.bulk_create(made.values())


def _choices(field: FieldDraft, place: int) -> str:
    """The choices, a line for each."""
    words = [word.strip() for word in field.choices.replace("\n", ";").split(";")]
    offered = list(dict.fromkeys(word for word in words if word))
    if (field.kind == CHOICE) != bool(offered):
        message = _("Give the choices with semicolons between them, for a choice alone.")
        raise InvalidInput(message, field="choices", line=place)
    if len(offered) > MOST_CHOICES or any(len(word) > LONGEST_CHOICE for word in offered):
        message = _("At most {most} choices, each of at most {length} characters.")
        said = message.format(most=MOST_CHOICES, length=LONGEST_CHOICE)
        raise InvalidInput(said, field="choices", line=place)
    return "\n".join(offered)
