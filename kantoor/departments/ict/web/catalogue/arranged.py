"""The catalogue as its keepers see it: every item, and the forms that arrange them."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.catalogue.items import (
    catalogue_item,
    catalogue_items,
    role_names,
)
from kantoor.departments.ict.web.cases import words as case_words
from kantoor.departments.ict.web.cases.plans import LEVELS, queues, services
from kantoor.departments.ict.web.catalogue.words import OFFERED, item_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field

ITEMS = ListView(
    key="ict.catalogue_items",
    title=_("Items of the catalogue"),
    query=catalogue_items,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="section", title=_("Section")),
        Col(key="queue", title=_("Queue")),
        Col(key="service", title=_("Service"), default=False),
        Col(
            key="approval",
            title=_("Who agrees first"),
            value=lambda row: case_words.APPROVALS[row.approval],
        ),
        Col(
            key="active",
            title=_("State"),
            kind="status",
            value=lambda row: "offered" if row.active else "withdrawn",
            states=OFFERED,
        ),
    ],
    row_key="code",
    row_url=lambda row: item_url(row.code),
    edit_url=lambda row: url_of_action("ict.change_catalogue_item", {"item.code": row.code}),
    muted=lambda row: not row.active,
    bulk=[
        Bulk(action="ict.withdraw_catalogue_items", parameter="codes", icon="eye-off"),
        Bulk(action="ict.offer_catalogue_items", parameter="codes", icon="eye"),
    ],
    new="ict.add_catalogue_item",
    empty=Empty(
        _("Nothing in the catalogue yet"),
        _("Add what people ask for often: a laptop, access to a folder, a telephone."),
        icon="shopping-cart",
    ),
)


def roles(actor: Actor) -> dict[str, Any]:
    """The roles to choose from."""
    return {"": "–", **role_names(actor)}


def _item_now(actor: Actor, given: Given) -> Given:
    """An item as it is."""
    try:
        shown = catalogue_item(actor, code=str(given.get("item.code", "")))
    except DomainError:
        return {}
    fields = [
        {**msgspec.structs.asdict(each), "choices": "; ".join(each.choices)}
        for each in shown.fields
    ]
    return {
        "item.name": shown.item.name,
        "item.text": shown.item.text,
        "item.section": shown.item.section,
        "item.service": shown.service,
        "item.queue": shown.queue,
        "item.impact": shown.impact,
        "item.urgency": shown.urgency,
        "item.approval": shown.item.approval,
        "item.role": shown.role,
        "item.tasks": "\n".join(shown.tasks),
        "item.fields": fields,
    }


COMMON: dict[str, Any] = {
    "choices": {
        "item.service": services,
        "item.queue": queues,
        "item.impact": LEVELS,
        "item.urgency": LEVELS,
        "item.approval": case_words.APPROVALS,
        "item.role": roles,
        "item.fields.kind": case_words.FIELD_KINDS,
    },
    "goes_to": lambda _actor, code: item_url(str(code)),
}
TEXTS = {"item.text": "lines_of_text", "item.tasks": "lines_of_text"}
plan("ict.add_catalogue_item", Plan(**COMMON, kinds=TEXTS))  # type: ignore[arg-type]
plan(
    "ict.change_catalogue_item",
    Plan(
        **COMMON,
        kinds={**TEXTS, "item.code": "hidden"},  # type: ignore[dict-item]
        prefill=_item_now,
        lines=2,
        in_palette=False,
    ),
)
plan("ict.request_item", Plan(in_palette=False))
for _name, _label, _hint in (
    ("section", _("Section"), _("Items of a section stand together.")),
    ("approval", _("Who agrees first"), _("Work waits until they do.")),
    ("tasks", _("Tasks"), _("What is to be done, a line for each.")),
    ("item.role", _("Role"), _("Where a role agrees.")),
    ("fields", _("Fields of the form"), ""),
    ("label", _("Label"), ""),
    ("required", _("Required"), ""),
    ("choices", _("Choices"), _("With semicolons between them.")),
    ("least", _("Least"), _("Characters, a number, or days from today.")),
    ("most", _("Most"), ""),
    ("hint", _("Hint"), ""),
    ("item.fields.key", _("Key"), _("For programs; follows from the label.")),
    ("approver", _("Who decides"), ""),
):
    name_field(_name, _label, _hint)
