"""The page of an item for who works on it: as readers see it, with what was said and decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import WRITE_ITEMS
from kantoor.departments.communication.queries.items.pictures import pictures_of
from kantoor.departments.communication.queries.items.record import item
from kantoor.departments.communication.queries.items.shapes import CurrentText, ItemShown
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.queries.media.showing import pictures_by_code
from kantoor.departments.communication.rendering.html import as_html
from kantoor.departments.communication.rendering.showing import picture_html
from kantoor.departments.communication.web.items import words
from kantoor.departments.communication.web.items.beside import all_beside
from kantoor.departments.communication.web.items.steps import blocked, lesser_steps, next_steps
from kantoor.departments.communication.web.pages.words import news_url, press_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.past import leave_unsaid
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.record_page import Fact, Related, Relation

leave_unsaid("communication.item", "uid", "changed_at", "created_at")


@page_of("communication.item", title=pgettext_lazy("communication", "Item"))
def item_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of items by their row, as far as the actor may see them."""
    rows = visible_items(actor).filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): Link(row.title, words.item_url(row.code)) for row in rows}


def show(actor: Actor, shown: ItemShown) -> Thing:
    """An item as its page shows it."""
    row = shown.item
    others = all_beside(actor, shown)
    return Thing(
        title=row.title,
        row=row.id,
        state=words.status(row.state),
        since=row.published_at if row.state == "published" else row.changed_at,
        note=_note(shown),
        blocked=blocked(actor, shown),
        facts=_facts(actor, shown),
        steps=[*next_steps(actor, shown), *(act for each in others for act in each.steps)],
        more=lesser_steps(actor, shown),
        relations=[
            *_published(shown), *(one for each in others for one in each.relations),
            *_decisions(shown), *_versions(shown),
        ],
        body={
            "kind": force_str(words.KINDS[row.kind]),
            "texts": [_text(actor, shown, text) for text in shown.texts],
            "remarks": _remarks(actor, shown),
            "say": _say(actor, shown),
        },
    )  # fmt: skip


def _note(shown: ItemShown) -> str:
    row = shown.item
    if row.state == "published" and row.awaits:
        if all(text.published for text in shown.texts):
            return gettext("It went out at once; somebody still has to agree to it.")
        return gettext("A new text of it waits for somebody to agree.")
    if row.state == "published" and not all(text.published for text in shown.texts):
        return gettext("It has a new text that is not published yet.")
    if row.publish_at is not None and row.published_at is None:
        when = moment(row.publish_at)
        if row.state == "approved":
            return gettext("It comes out by itself at {when}.").format(when=when)
        return gettext("It is planned for {when}; somebody has to agree first.").format(when=when)
    returned = shown.decisions[0] if shown.decisions else None
    if row.state == "draft" and returned and returned.outcome == "return":
        who = returned.who or "Kantoor"
        return gettext("{who} gave it back: {note}").format(who=who, note=returned.note)
    return ""


def _facts(actor: Actor, shown: ItemShown) -> list[Fact]:
    row, places = shown.item, shown.places
    published = row.state == "published"
    seen = [
        word
        for held, word in (
            (places.on_intranet, gettext("Intranet")),
            (places.on_press_page, gettext("Press page")),
            (places.on_screens, gettext("Screens")),
        )
        if held
    ]
    found: list[tuple[str, Cell]] = [
        (gettext("Kind"), force_str(words.KINDS[row.kind])),
        (gettext("For"), row.audience or gettext("Everybody who works here")),
        (gettext("Seen on"), ", ".join(seen) or gettext("No page")),
        (gettext("To be read"), _read(shown)),
        (gettext("Owner"), row.owner),
        (gettext("Comes out"), moment(row.publish_at) if row.publish_at and not published else ""),
        (gettext("Begins"), moment(places.event_from) if places.event_from else ""),
        (gettext("Ends"), moment(places.event_until) if places.event_until else ""),
        (gettext("Place"), places.place),
        (gettext("Leaves the pages"), moment(places.ends_at) if places.ends_at else ""),
    ]
    if published and places.on_intranet:
        found.append((gettext("On the intranet"), Link(gettext("Look at it"), news_url(row.code))))
    if published and places.on_press_page:
        url = press_url(actor.company_id, row.code)
        found.append((gettext("On the press page"), Link(gettext("Look at it"), url)))
    return [Fact(label, value) for label, value in found if value]


def _read(shown: ItemShown) -> str:
    if not shown.places.must_read:
        return ""
    return gettext("Within {days} days").format(days=shown.places.read_days)


def _text(actor: Actor, shown: ItemShown, text: CurrentText) -> dict[str, Any]:
    here = words.item_url(shown.item.code)
    pictures = pictures_of(actor, [text.body], above=[text.picture])
    above = pictures.get(text.picture)
    told = pictures_by_code(actor, [text.picture]).get(text.picture) if above else None
    state = gettext("published") if text.published else gettext("not published yet")
    return {
        "language": text.language,
        "named": words.language_name(text.language),
        "title": text.title,
        "summary": text.summary,
        "number": text.number,
        "state": state,
        "picture": picture_html(above, told.alt(text.language)) if above and told else "",
        "html": as_html(text.body, pictures, headings=3),
        "change": act_for(
            actor, "communication.write_text",
            {"text.item": shown.item.code, "text.language": text.language},
            label=_("Change the text"), icon="pencil", back=here,
        )
        if shown.item.state != "withdrawn"
        else None,
    }  # fmt: skip


def _published(shown: ItemShown) -> list[Relation]:
    items = []
    for each in shown.published:
        if not each.number:
            label = gettext("Withdrawn")
        elif each.note:
            label = gettext("Corrected, {language}").format(
                language=words.language_name(each.language)
            )
        else:
            label = gettext("Published, {language}").format(
                language=words.language_name(each.language)
            )
        detail = " · ".join(filter(None, [moment(each.at), each.who, each.note]))
        items.append(Related(Link(label, ""), detail))
    return [Relation(gettext("What readers got"), items)] if items else []


def _decisions(shown: ItemShown) -> list[Relation]:
    items = [
        Related(
            Link(force_str(words.OUTCOMES[each.outcome]), ""),
            " · ".join(
                filter(
                    None,
                    [
                        gettext("Text {number}").format(number=each.version), each.who or "Kantoor",
                        moment(each.at), each.note,
                    ],
                )
            ),
        )
        for each in shown.decisions
    ]  # fmt: skip
    return [Relation(gettext("Who agreed"), items)] if items else []


def _versions(shown: ItemShown) -> list[Relation]:
    """Each text, opening beside the one before it in its language; the first by itself."""
    items = []
    own = (each.number for each in shown.versions if each.language == shown.item.language)
    newest = next(own, 0)
    for place, each in enumerate(shown.versions):
        earlier = [
            one.number for one in shown.versions[place + 1 :] if one.language == each.language
        ]
        left, right = (earlier or [each.number])[0], each.number
        if each.language == shown.item.language and each.number == newest:
            left = right = 0  # what the page shows unless asked otherwise
        url = words.versions_url(shown.item.code, left, right)
        named = gettext("Text {number}, {language}").format(
            number=each.number, language=words.language_name(each.language)
        )
        items.append(Related(Link(named, url), f"{each.who} · {moment(each.at)}"))
    return [Relation(gettext("Texts"), items)]


def _remarks(actor: Actor, shown: ItemShown) -> list[dict[str, Any]]:
    here = words.item_url(shown.item.code)
    return [
        {
            "said": each.said,
            "passage": each.passage,
            "who": each.who,
            "at": each.at,
            "settled": each.settled,
            "about": gettext("Text {number}, {language}").format(
                number=each.number, language=words.language_name(each.language)
            ),
            "settle": None
            if each.settled
            else act_for(
                actor, "communication.settle_remark", label=_("Dealt with"), icon="check",
                at_once=True, back=here, remark=each.id,
            ),
        }
        for each in sorted(shown.remarks, key=lambda one: (one.settled, -one.id))
    ]  # fmt: skip


def _say(actor: Actor, shown: ItemShown) -> dict[str, str] | None:
    if shown.item.state == "withdrawn" or not actor.may(WRITE_ITEMS):
        return None
    return {"item": shown.item.code, "back": words.item_url(shown.item.code)}


ITEM = RecordView(
    key="communication.items",
    title=pgettext_lazy("communication", "Item"),
    kind="communication.item",
    path="<str:code>",
    find=item,
    show=show,
    template="communication/items/record.html",
)
