"""One reading as a page: who is asked to read what, and all that was done until they did."""

from collections.abc import Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.reading.register import (
    ReadingShown,
    StepRow,
    reading,
)
from kantoor.departments.communication.web.reading import words
from kantoor.departments.communication.web.reading.lists import READINGS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

DONE = {
    "asked": _("Asked to read it"),
    "reminded": pgettext_lazy("reading", "Reminded"),
    "escalated": _("The manager was told"),
    "confirmed": _("Said that they read it"),
    "ended": pgettext_lazy("reading", "Asked no more"),
}
WHY_ENDED = {
    "left": _("It is not for them any more."),
    "gone": _("It does not stand published any more."),
    "again": _("They were asked anew."),
}


def show(actor: Actor, shown: ReadingShown) -> Thing:
    """A reading, with what was done about it."""
    row = shown.row
    return Thing(
        title=f"{row.person}: {row.title}",
        row=row.id,
        state=words.state(row.state),
        facts=_facts(shown),
        document=_steps(shown.steps),
        steps=[
            act_for(
                actor, "communication.note_reading", {"item": row.item, "person": row.code},
                label=_("Note that they read it"), icon="check",
                back=f"/communication/readings/{row.id}",
            )
            if row.state in ("open", "late")
            else None,
        ],
        breadcrumb=[Link(gettext("Who read what"), READINGS.url)],
    )  # fmt: skip


def _facts(shown: ReadingShown) -> list[Fact]:
    row = shown.row
    found: list[tuple[str, Cell]] = [
        (gettext("What"), Link(row.title, words.stands_url(row.item))),
        (gettext("Number"), row.code),
        (pgettext("reading", "Asked"), moment(row.asked_at)),
        (gettext("Read before"), moment(row.due_at)),
        (gettext("Read at"), moment(row.confirmed_at) if row.confirmed_at else ""),
        (gettext("How"), force_str(words.WAYS[row.way])),
        (gettext("Who was told"), row.told),
    ]
    return [Fact(label, value) for label, value in found if value]


def _steps(steps: Sequence[StepRow]) -> Document:
    return Document(
        columns=[
            Column("what", gettext("What was done"), phone="title"),
            Column("at", gettext("When"), "datetime", phone="meta"),
            Column("note", gettext("Note")),
            Column("mail", gettext("Mail"), "status", phone="figure"),
        ],
        lines=[
            Row(
                str(place),
                {
                    "what": force_str(DONE[each.what]),
                    "at": each.at,
                    "note": _note(each),
                    "mail": _mail(each.mail),
                },
            )
            for place, each in enumerate(steps)
        ],
    )


def _note(step: StepRow) -> str:
    if step.what == "ended":
        return force_str(WHY_ENDED.get(step.note, step.note))
    version = gettext("Text {number}").format(number=step.text) if step.text else ""
    return " · ".join(filter(None, [force_str(words.WAYS[step.way]), version, step.note]))


def _mail(state: str) -> Cell:
    word, tone = words.MAILS[state]
    return Status(state, force_str(word), tone) if state else ""


READING = RecordView(
    key="communication.readings",
    title=_("Reading"),
    kind="communication.reading",
    path="<int:key>",
    find=reading,
    show=show,
)
