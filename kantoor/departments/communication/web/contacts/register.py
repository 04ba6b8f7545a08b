"""Contacts as pages: the register, and one with what was said and what they asked."""

from collections.abc import Mapping, Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_CONTACTS
from kantoor.departments.communication.queries.contacts.register import (
    ContactShown,
    contact,
    contact_codes,
    contact_tags,
    contacts,
)
from kantoor.departments.communication.web.contacts import words
from kantoor.departments.communication.web.questions.words import question_url, status
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation


def _words(actor: Actor) -> dict[str, str]:
    return {tag: f"{tag} ({count})" for tag, count in contact_tags(actor).items()}


def _more(actor: Actor) -> list[Act]:
    take_in = act_for(
        actor, "communication.import_contacts", label=_("Take in a list"), icon="upload",
        back=CONTACTS.url,
    )  # fmt: skip
    return acts(take_in)


CONTACTS = ListView(
    key="communication.contacts",
    title=_("Contacts"),
    query=contacts,
    columns=[
        Col(
            key="name",
            title=_("Name"),
            kind="link",
            url=lambda row: words.contact_url(row.code),
            sort=True,
            phone="title",
        ),
        Col(key="medium", title=_("Medium"), sort=True, phone="meta"),
        Col(key="beat", title=_("Writes about"), phone="meta"),
        Col(key="kind", title=_("Kind"), value=lambda row: words.KINDS[row.kind], default=False),
        Col(key="tags", title=_("Words")),
        Col(key="email", title=_("E-mail"), phone="hidden"),
        Col(key="phone", title=_("Telephone"), phone="hidden"),
        Col(
            key="language",
            title=_("Language"),
            value=lambda row: words.LANGUAGES.get(row.language, ""),
            default=False,
        ),
        Col(key="last_at", title=_("Last spoken"), kind="datetime", phone="figure"),
    ],
    narrows=[
        Narrow(key="kind", title=_("Kind"), choices=words.KINDS),
        Narrow(key="tag", title=_("Word"), choices=_words),
    ],
    tabs=[Tab(_("All")), Tab(_("No contact any more"), {"active": "0"})],
    sort="name",
    row_key="code",
    row_url=lambda row: words.contact_url(row.code),
    muted=lambda row: not row.active,
    new="communication.add_contact",
    more=_more,
    search_hint=_("Name, medium, or what they write about"),
    empty=Empty(
        _("No contacts yet"),
        _("Add who writes about you, or take in the list you have."),
        icon="address-book",
    ),
)


def show(actor: Actor, shown: ContactShown) -> Thing:
    """A contact, what was said, and what they asked."""
    row = shown.row
    here = words.contact_url(row.code)
    given = {
        f"change.{name}": getattr(row, name)
        for name in ("name", "email", "phone", "medium", "beat", "kind", "language", "tags", "active")
    }  # fmt: skip
    change = act_for(
        actor, "communication.change_contact",
        {"code": row.code, **given, "change.remarks": shown.remarks},
        label=_("Change it"), icon="pencil", key="e", back=here,
    )  # fmt: skip
    ask = act_for(
        actor, "communication.note_question",
        {"question.contact": row.code, "question.asker": row.name, "question.medium": row.medium,
         "question.address": row.email, "question.phone": row.phone},
        label=_("Note a question"), icon="message", key="q",
    )  # fmt: skip
    may = actor.may("communication.manage_contacts")
    word = gettext("Contact") if row.active else gettext("No contact any more")
    return Thing(
        title=row.name,
        row=row.id,
        state=Status("active" if row.active else "gone", word, "good" if row.active else "quiet"),
        facts=_facts(shown),
        relations=_relations(shown),
        steps=[ask, change] if row.active else [change],
        breadcrumb=[Link(force_str(CONTACTS.title), CONTACTS.url)],
        body={
            "said": [{"each": each, "way": force_str(words.WAYS[each.way])} for each in shown.said],
            "files_at": f"{here}/files",
            "say": {"at": f"{here}/said", "ways": words.WAYS.items()} if may else None,
        },
    )


def _facts(shown: ContactShown) -> list[Fact]:
    row = shown.row
    found: list[tuple[str, Cell]] = [
        (gettext("Code"), row.code),
        (gettext("Kind"), force_str(words.KINDS[row.kind])),
        (gettext("Medium"), row.medium),
        (gettext("Writes about"), row.beat),
        (gettext("E-mail"), Link(row.email, f"mailto:{row.email}") if row.email else None),
        (gettext("Telephone"), row.phone),
        (gettext("Language"), force_str(words.LANGUAGES.get(row.language, ""))),
        (gettext("Words"), row.tags),
        (gettext("Remarks"), shown.remarks),
    ]
    return [Fact(label, value) for label, value in found if value]


def _relations(shown: ContactShown) -> list[Relation]:
    asked = [
        Related(Link(each.title, question_url(each.number)), each.number, status(each.state))
        for each in shown.asked
    ]
    return [Relation(gettext("Asked and written"), asked)] if asked else []


CONTACT = RecordView(
    key="communication.contacts",
    title=_("Contact"),
    kind="communication.contact",
    path="<str:code>",
    find=contact,
    show=show,
    template="communication/contact.html",
)


@searcher(
    "communication.contact", title=_("Contacts"), permission=READ_CONTACTS, icon="address-book"
)
def find_contacts(actor: Actor, asked: str, most: int) -> list[Found]:
    """Contacts by name, medium, or what they write about."""
    page = contacts(actor, search=asked.strip(), limit=most)
    return [Found(row.name, words.contact_url(row.code), row.medium) for row in page.rows]


@page_of("communication.contact", title=_("Contact"))
def contact_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of contacts by the keys of their rows."""
    found = contact_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, words.contact_url(code)) for key, (code, name) in found.items()}
