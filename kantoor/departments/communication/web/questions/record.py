"""A question or mention as a page: what was asked, what happened, and the answer to write."""

from django.utils.encoding import force_str
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.questions.register import (
    Happened,
    QuestionShown,
    question,
)
from kantoor.departments.communication.web.contacts.words import contact_url
from kantoor.departments.communication.web.questions import words
from kantoor.departments.communication.web.questions.register import QUESTIONS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation


def show(actor: Actor, shown: QuestionShown) -> Thing:
    """The question with the form to answer it, and what can be done next."""
    row = shown.row
    here = words.question_url(row.number)
    late = Status("late", gettext("Late"), "bad")
    open_still = row.state in ("new", "active", "waiting", "answered")
    return Thing(
        title=row.number,
        row=row.id,
        state=late if row.late else words.status(row.state),
        since=shown.changed_at,
        facts=_facts(shown),
        relations=_relations(shown),
        steps=_steps(actor, shown),
        more=_more(actor, shown),
        breadcrumb=[Link(force_str(QUESTIONS.title), QUESTIONS.url)],
        body={
            "heading": row.title,
            "text": shown.text,
            "link": shown.link,
            "happened": [_line(each) for each in shown.happened],
            "files_at": f"{here}/files",
            "reply": {"number": row.number, "back": here, "to": shown.address}
            if open_still
            else None,
        },
    )


def _facts(shown: QuestionShown) -> list[Fact]:
    row = shown.row
    found: list[tuple[str, Cell]] = [
        (gettext("Kind"), force_str(words.KINDS[row.kind])),
        (gettext("Who asked"), row.asker),
        (gettext("Medium"), row.medium),
        (gettext("E-mail"), Link(shown.address, f"mailto:{shown.address}") if shown.address else None),
        (gettext("Telephone"), shown.phone),
        (gettext("Channel"), force_str(words.CHANNELS[row.channel])),
        (gettext("Tone"), force_str(words.TONES[row.tone])),
        (gettext("Who has it"), row.owner),
        (gettext("Came in"), row.came_at),
        (gettext("Due"), row.due_at),
        (gettext("Answered"), shown.answered_at),
    ]  # fmt: skip
    return [Fact(label, value) for label, value in found if value]


def _relations(shown: QuestionShown) -> list[Relation]:
    row = shown.row
    if not row.contact:
        return []
    link = Related(Link(row.asker or row.contact, contact_url(row.contact)), row.medium)
    return [Relation(gettext("Contact"), [link])]


def _steps(actor: Actor, shown: QuestionShown) -> list[Act | None]:
    row = shown.row
    here = words.question_url(row.number)

    def step(
        verb: str, label: object, icon: str, key: str = "", at_once: bool = False
    ) -> Act | None:
        return act_for(
            actor, f"communication.{verb}", label=label, icon=icon, key=key, at_once=at_once,
            back=here, number=row.number,
        )  # fmt: skip

    take = step("take_question", _("Take it"), "user-check", "t", at_once=True)
    assign = step("assign_question", _("Give to somebody"), "users", "a")
    wait = step("await_question", _("Let it wait"), "clock", "w")
    close = step("close_question", _("Close"), "lock", "c")
    again = step("reopen_question", _("Go on with it"), "rotate", "o", at_once=True)
    return {
        "new": [take, assign, wait, close],
        "active": [wait, assign, close],
        "waiting": [again, assign, close],
        "answered": [close, again],
        "closed": [again],
    }[row.state]


def _more(actor: Actor, shown: QuestionShown) -> list[Act | None]:
    row = shown.row
    given = {
        "change.title": row.title, "change.kind": row.kind, "change.asker": row.asker,
        "change.address": shown.address, "change.phone": shown.phone,
        "change.medium": row.medium, "change.link": shown.link, "change.tone": row.tone,
        "change.contact": row.contact,
    }  # fmt: skip
    return [
        act_for(
            actor, "communication.change_question", {"number": row.number, **given},
            label=_("Change it"), icon="pencil", back=words.question_url(row.number),
        )
    ]  # fmt: skip


def _line(each: Happened) -> dict[str, object]:
    """One line of what happened, in words."""
    said = {
        "asked": pgettext("a question", "asked"),
        "wrote": pgettext("a question", "wrote"),
        "answer": pgettext("a question", "answered by mail")
        if each.now == "mail"
        else pgettext("a question", "answered"),
        "note": pgettext("a question", "noted"),
        "owner": gettext("given to %(name)s") % {"name": each.now},
        "due": gettext("due another time"),
        "late": gettext("late, told to %(name)s") % {"name": each.now},
    }
    what = force_str(words.STATES[each.now][0]) if each.what == "state" else said[each.what]
    return {
        "who": each.who, "what": what, "at": each.at, "text": each.text, "files": each.files,
        "inner": each.what in ("note", "state"),
    }  # fmt: skip


QUESTION = RecordView(
    key="communication.questions",
    title=_("Question"),
    kind="communication.question",
    path="<str:number>",
    find=question,
    show=show,
    template="communication/question.html",
)
