"""What the forms of questions need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.contacts.register import contacts
from kantoor.departments.communication.queries.questions.mail import mailbox
from kantoor.departments.communication.queries.questions.people import handlers
from kantoor.departments.communication.queries.questions.terms import question_terms
from kantoor.departments.communication.web.questions import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.queries import calendars
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.mailboxes import plan_mailboxes
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.suggesting import suggests
from kantoor.kernel.pages.words import name_field


def _contacts(actor: Actor, typed: str, most: int) -> dict[str, str]:
    rows = contacts(actor, search=typed, limit=most).rows
    return {row.code: f"{row.name} · {row.medium}" if row.medium else row.name for row in rows}


CONTACTS = suggests("communication.contacts", offer=_contacts)


def people(actor: Actor) -> dict[str, Any]:
    """The colleagues who deal with questions, to choose from."""
    return {"": "", **{each.sign_in: each.name for each in handlers(actor)}}


def _calendars(actor: Actor) -> dict[str, Any]:
    try:
        rows = calendars(actor, limit=200).rows
    except DomainError:
        return {"": ""}
    return {"": "", **{row.code: row.name for row in rows}}


def _terms_now(actor: Actor, _given: Given) -> Given:
    try:
        now = question_terms(actor)
    except DomainError:
        return {}
    return {f"terms.{name}": getattr(now, name) for name in now.__struct_fields__}


def _choices(within: str) -> dict[str, Any]:
    return {
        f"{within}.kind": words.KINDS,
        f"{within}.channel": words.CHANNELS,
        f"{within}.tone": words.TONES,
    }


plan(
    "communication.note_question",
    Plan(
        choices={**_choices("question"), "question.owner": people},
        suggestions={"question.contact": CONTACTS},
        kinds={"question.text": "lines_of_text", "question.address": "text"},
        goes_to=lambda _actor, number: words.question_url(str(number)),
        submit=_("Note it"),
    ),
)
plan(
    "communication.note_questions",
    Plan(choices={**_choices("questions"), "questions.owner": people}, lines=3, in_palette=False),
)
plan(
    "communication.change_question",
    Plan(
        choices={"change.kind": words.KINDS, "change.tone": words.TONES},
        suggestions={"change.contact": CONTACTS},
        kinds={"number": "hidden", "change.address": "text"},
        in_palette=False,
    ),
)
for _verb in ("assign_question", "assign_questions"):
    plan(f"communication.{_verb}", Plan(choices={"owner": people}, in_palette=False))
for _verb in ("answer_question", "note_on_question"):
    plan(f"communication.{_verb}", Plan(kinds={"text": "lines_of_text"}, in_palette=False))
for _verb in ("await_question", "close_question", "close_questions"):
    plan(f"communication.{_verb}", Plan(kinds={"why": "lines_of_text"}, in_palette=False))
for _verb in ("take_question", "reopen_question", "ignore_mail", "make_question_of_mail"):
    plan(f"communication.{_verb}", Plan(in_palette=False))
plan("communication.attach_mail", Plan(kinds={"mail": "hidden"}, in_palette=False))
plan(
    "communication.set_question_terms",
    Plan(
        choices={"terms.calendar": _calendars, "terms.officer": people},
        kinds={"terms.monitors": "lines_of_text"},
        prefill=_terms_now,
        goes_to=lambda _actor, _result: "/communication/questions",
    ),
)
plan_mailboxes("communication", mailbox)
for _verb in ("note_question", "note_questions", "change_question"):
    name_field(f"communication.{_verb}:title", _("What it is about"), _("A few words."))
    name_field(f"communication.{_verb}:text", _("What was asked, or written"))
    name_field(f"communication.{_verb}:kind", _("Kind"))
    name_field(f"communication.{_verb}:channel", _("Channel"))
    name_field(f"communication.{_verb}:contact", _("Contact"), _("Where they are one."))
    name_field(f"communication.{_verb}:owner", _("Who deals with it"))
    name_field(f"communication.{_verb}:address", _("E-mail"))
    name_field(f"communication.{_verb}:phone", _("Telephone"))
    name_field(f"communication.{_verb}:link", _("Page"), _("Where it can be read."))
    name_field(f"communication.{_verb}:came_at", _("Came in"), _("Empty is now."))
    name_field(f"communication.{_verb}:due_at", _("Due"), _("Empty is as agreed."))
name_field("asker", _("Who asked, or wrote"))
name_field("tone", _("Tone"), _("How it speaks of us."))
for _verb in ("assign_question", "assign_questions"):
    name_field(f"communication.{_verb}:owner", _("Who deals with it"))
name_field("communication.answer_question:text", _("Answer"))
name_field("communication.answer_question:by_mail", _("By mail"))
name_field("communication.answer_question:waits", _("We wait for them"))
name_field("communication.note_on_question:text", _("Note"))
name_field("communication.await_question:why", _("What it waits for"))
for _verb in ("close_question", "close_questions"):
    name_field(f"communication.{_verb}:why", _("How it ended"), _("May stay empty."))
for _verb in ("attach_mail", "attach_mails"):
    name_field(f"communication.{_verb}:number", _("Question"), _("Its number."))
TERMS = "communication.set_question_terms"
name_field(f"{TERMS}:calendar", _("Calendar"), _("Empty is office hours."))
name_field(f"{TERMS}:press_minutes", _("Minutes for the press"), _("Of working time."))
name_field(f"{TERMS}:question_minutes", _("Minutes for other questions"))
name_field(f"{TERMS}:mention_minutes", _("Minutes for mentions"))
name_field(f"{TERMS}:officer", _("Who hears of what is late"))
name_field(
    f"{TERMS}:monitors",
    _("Addresses of monitors"),
    _("What they write is a mention; one a line."),
)
