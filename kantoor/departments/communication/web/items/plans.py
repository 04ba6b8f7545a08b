"""What the forms of items need beyond the signatures of their actions."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import Audience
from kantoor.departments.communication.models.items.item import EVENT
from kantoor.departments.communication.queries.items.record import item
from kantoor.departments.communication.queries.items.shapes import ItemShown
from kantoor.departments.communication.queries.items.templates import (
    item_template,
    item_templates,
)
from kantoor.departments.communication.queries.media.library import pictures
from kantoor.departments.communication.web.items import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.suggesting import suggests
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.form_page import Consequence, Section

LANGUAGES: Mapping[str, Any] = dict(settings.LANGUAGES)
MOST = 500


def audiences(actor: Actor) -> Mapping[str, Any]:
    """The audiences in use to choose from, and everybody."""
    rows = scoped(actor, Audience).filter(active=True).order_by("name", "pk")
    everybody = {"": gettext("Everybody who works here")}
    return everybody | dict(rows.values_list("code", "name")[:MOST])


def templates(actor: Actor) -> Mapping[str, Any]:
    """The templates in use to choose from."""
    return {row.code: row.name for row in item_templates(actor, limit=MOST).rows}


def _pictures(actor: Actor, search: str, most: int) -> dict[str, str]:
    found = pictures(actor, state="usable", search=search, limit=most)
    return {row.code: row.title for row in found.rows}


PICTURES = suggests("communication.pictures", offer=_pictures)
"""Pictures of the library, the newest first."""


def _shown(actor: Actor, code: Any) -> ItemShown | None:
    try:
        return item(actor, code=str(code or ""))
    except UnknownItem:
        return None


def _text_now(actor: Actor, given: Given) -> Given:
    """The newest text of the language; of the first where it has none yet, to translate."""
    shown = _shown(actor, given.get("text.item"))
    if shown is None:
        return {}
    language = str(given.get("text.language") or shown.item.language)
    own = [text for text in shown.texts if text.language == language]
    text = (own or list(shown.texts))[0]
    return {
        "text.language": language,
        "text.title": text.title,
        "text.summary": text.summary,
        "text.body": text.body,
        "text.picture": text.picture,
        "text.based_on": text.number if own else 0,
    }


def _places_now(actor: Actor, given: Given) -> Given:
    """Whom it is for and where it is seen now."""
    shown = _shown(actor, given.get("places.item"))
    if shown is None:
        return {}
    names = (
        "audience", "on_intranet", "on_press_page", "on_screens", "pinned", "must_read",
        "read_days", "ends_at",
    )  # fmt: skip
    return {f"places.{name}": getattr(shown.places, name) for name in names}


def _event_now(actor: Actor, given: Given) -> Given:
    shown = _shown(actor, given.get("event.item"))
    if shown is None:
        return {}
    names = ("event_from", "event_until", "place")
    return {f"event.{name}": getattr(shown.places, name) for name in names}


def _time_now(actor: Actor, given: Given) -> Given:
    shown = _shown(actor, given.get("item"))
    return {"publish_at": shown.item.publish_at} if shown else {}


def _template_now(actor: Actor, given: Given) -> Given:
    try:
        shown = item_template(actor, code=str(given.get("template.code") or ""))
    except UnknownItem:
        return {}
    return {
        "template.name": shown.template.name,
        "template.kind": shown.template.kind,
        "template.language": shown.template.language,
        "template.title": shown.title,
        "template.summary": shown.summary,
        "template.body": shown.body,
    }


def _language_of(actor: Actor) -> Given:
    known = actor.language if actor.language in LANGUAGES else next(iter(LANGUAGES))
    return {"item.language": known, "template.language": known}


def _what_withdrawing_does(_actor: Actor, _given: Given) -> Consequence:
    return Consequence(
        gettext(
            "It leaves all pages, feeds and screens at once. Where it stood, people read that it"
            " was withdrawn, and why. Mail that went out stays with who got it."
        )
    )


def _to_item(_actor: Actor, code: Any) -> str:
    return words.item_url(str(code))


TEXT: dict[str, Any] = {"body": "article", "summary": "lines_of_text"}
plan(
    "communication.write_item",
    Plan(
        choices={"item.kind": words.KINDS, "item.language": LANGUAGES},
        kinds={f"item.{name}": kind for name, kind in TEXT.items()},
        sections=[
            Section(
                "",
                [
                    "item.kind",
                    "item.language",
                    "item.title",
                    "item.summary",
                    "item.body",
                    "item.picture",
                ],
            ),
            Section(
                _("Of an event"),
                ["item.event_from", "item.event_until", "item.place"],
                only=("item.kind", [EVENT]),
            ),
            Section(_("Address"), ["item.code"]),
        ],
        suggestions={"item.picture": PICTURES},
        defaults=_language_of,
        drafts=True,
        submit=_("Keep as a draft"),
        goes_to=_to_item,
    ),
)
plan(
    "communication.write_text",
    Plan(
        choices={"text.language": LANGUAGES},
        kinds={
            "text.item": "hidden", "text.based_on": "hidden",
            **{f"text.{name}": kind for name, kind in TEXT.items()},
        },
        suggestions={"text.picture": PICTURES},
        prefill=_text_now,
        drafts=True,
        submit=_("Keep this text"),
        in_palette=False,
    ),
)  # fmt: skip
plan(
    "communication.place_item",
    Plan(
        choices={"places.audience": audiences},
        kinds={"places.item": "hidden"},
        prefill=_places_now,
        submit=_("Keep"),
        in_palette=False,
    ),
)
plan(
    "communication.schedule_item",
    Plan(kinds={"item": "hidden"}, prefill=_time_now, submit=_("Keep"), in_palette=False),
)
plan(
    "communication.set_event",
    Plan(kinds={"event.item": "hidden"}, prefill=_event_now, submit=_("Keep"), in_palette=False),
)
for name in ("ask_item_approval", "approve_item", "publish_item"):
    plan(f"communication.{name}", Plan(in_palette=False))
for name in ("return_item", "correct_item"):
    plan(f"communication.{name}", Plan(kinds={"item": "hidden"}, in_palette=False))
plan(
    "communication.withdraw_item",
    Plan(kinds={"item": "hidden"}, consequence=_what_withdrawing_does, in_palette=False),
)
plan("communication.withdraw_items", Plan(consequence=_what_withdrawing_does, in_palette=False))
plan(
    "communication.remark_on_text",
    Plan(kinds={"item": "hidden", "number": "hidden", "said": "lines_of_text"}, in_palette=False),
)
for name in ("settle_remark", "settle_remarks", "write_items", "write_texts", "place_items"):
    plan(f"communication.{name}", Plan(in_palette=False))
for name in ("set_events", "approve_items", "return_items", "correct_items", "publish_items"):
    plan(f"communication.{name}", Plan(in_palette=False))
plan("communication.begin_item", Plan(choices={"template": templates}, goes_to=_to_item))
TEMPLATE = Plan(
    choices={"template.kind": words.KINDS, "template.language": LANGUAGES},
    kinds={f"template.{name}": kind for name, kind in TEXT.items()},
    defaults=_language_of,
    submit=_("Keep"),
    goes_to=lambda _actor, code: f"/communication/item-templates/{code}",
)
plan("communication.add_item_template", TEMPLATE)
plan(
    "communication.change_item_template",
    Plan(
        choices=TEMPLATE.choices,
        kinds={**TEMPLATE.kinds, "template.code": "hidden"},
        prefill=_template_now,
        submit=_("Keep"),
        goes_to=TEMPLATE.goes_to,
        in_palette=False,
    ),
)
for name in ("retire_item_template", "restore_item_template"):
    plan(f"communication.{name}", Plan(in_palette=False))

MARKDOWN = _(
    "Markdown: # heading, **bold**, - list, [words](https://…), ![what it shows](media:CODE)."
)
for path in ("item.body", "text.body", "template.body"):
    name_field(path, _("Text"), MARKDOWN)
for path in ("item.title", "text.title", "template.title"):
    name_field(path, _("Title"))
for path in ("item.summary", "text.summary", "template.summary"):
    name_field(path, _("Summary"), _("One or two sentences, for lists and feeds."))
for path in ("item.picture", "text.picture"):
    name_field(path, _("Picture above it"), _("A picture of the library, by words of its title."))
for path in ("item.kind", "template.kind"):
    name_field(path, _("Kind"))
for path in ("item.language", "text.language", "template.language"):
    name_field(path, _("Language"))
for holder in ("item", "event"):
    name_field(f"{holder}.event_from", _("Begins"))
    name_field(f"{holder}.event_until", _("Ends"))
    name_field(f"{holder}.place", _("Place"))
name_field("item.code", _("Code"), _("Follows from the title."))
name_field("template.code", _("Code"), _("Follows from the name."))
name_field("template.name", _("Name"))
name_field("places.audience", _("For"))
name_field("places.on_intranet", _("On the intranet"))
name_field("places.on_press_page", _("On the press page, for everybody in the world"))
name_field("places.on_screens", _("On the screens in the hall"))
name_field("places.pinned", _("Keep it on top"))
name_field("places.must_read", _("Everybody it is for says that they read it"))
name_field("places.read_days", _("Days to read it"))
name_field("places.ends_at", _("Leaves the pages"), _("By itself; empty: never."))
for action in ("schedule_item", "schedule_items"):
    name_field(
        f"communication.{action}:publish_at",
        _("Comes out"),
        _("By itself, if somebody agreed to it. Empty: you publish it by hand."),
    )
name_field("communication.return_item:note", _("What is to change"))
name_field("communication.return_items:note", _("What is to change"))
name_field("communication.correct_item:note", _("What was wrong"), _("Stands with the item."))
name_field("communication.correct_items:note", _("What was wrong"), _("Stands with the items."))
name_field("communication.withdraw_item:why", _("Why"), _("Is shown where it stood."))
name_field("communication.withdraw_items:why", _("Why"), _("Is shown where they stood."))
name_field("communication.remark_on_text:said", _("Your remark"))
name_field("communication.remark_on_text:passage", _("About these words"), _("As they stand in the text; empty: the whole."))  # fmt: skip
name_field("communication.begin_item:template", _("Template"))
name_field("communication.begin_item:title", _("Title"), _("That of the template unless said."))
