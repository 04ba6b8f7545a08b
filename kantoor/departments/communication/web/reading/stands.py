"""How one item is read as a page: who did not yet, and what one can do about it."""

from collections.abc import Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.reading.standing import (
    ReadingRecord,
    Unread,
    reading_record,
)
from kantoor.departments.communication.web.reading import words
from kantoor.departments.communication.web.reading.lists import MUST_READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import link, words_for
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import moment, number
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation


def show(actor: Actor, shown: ReadingRecord) -> Thing:
    """How an item is read, with who did not yet."""
    stands = shown.stands
    given, here = {"item": stands.item}, words.stands_url(stands.item)
    return Thing(
        title=stands.title,
        row=shown.row,
        offers=False,
        state=_state(shown),
        facts=_facts(actor, shown),
        document=_unread(shown.unread) if shown.unread else None,
        relations=[_rounds(shown)],
        steps=[
            act_for(
                actor, "communication.remind_now", given, icon="bell", back=here, at_once=True,
            )
            if stands.open
            else None,
            act_for(actor, "communication.note_readings", given, icon="check", back=here)
            if stands.open
            else None,
            act_for(actor, "communication.ask_again", given, icon="refresh", back=here),
        ],
        breadcrumb=[Link(force_str(MUST_READ.title), MUST_READ.url)],
    )  # fmt: skip


def _state(shown: ReadingRecord) -> Status:
    stands = shown.stands
    if stands.late:
        said = ngettext("%(n)s person is too late", "%(n)s people are too late", stands.late)
        return Status("late", said % {"n": number(stands.late)}, "bad")
    if stands.open:
        said = ngettext("%(n)s person has to read it yet", "%(n)s people have to read it yet", stands.open)  # fmt: skip
        return Status("open", said % {"n": number(stands.open)}, "wait")
    return Status("confirmed", gettext("Everybody read it"), "good")


def _facts(actor: Actor, shown: ReadingRecord) -> list[Fact]:
    stands = shown.stands
    share = gettext("{read} of {asked} ({share} %)").format(
        read=number(stands.confirmed), asked=number(stands.asked), share=stands.share
    )
    page = link(actor, shown.about) if shown.about else None
    about: Cell = page or (words_for(shown.about, None) if shown.about else "")
    found: list[tuple[str, Cell]] = [
        (pgettext("reading", "Read"), Link(share, words.readings_url(stands.item))),
        (
            pgettext("reading", "Too late"),
            Link(number(stands.late), words.readings_url(stands.item, "late")),
        ),
        (
            gettext("The manager was told"),
            Link(number(stands.escalated), words.readings_url(stands.item, "escalated")),
        ),
        (gettext("Last asked"), moment(stands.at)),
        (gettext("Because of"), about),
    ]
    return [Fact(label, value) for label, value in found if value]


def _unread(rows: Sequence[Unread]) -> Document:
    told = [Column("told", gettext("Who was told"))] if any(each.told for each in rows) else []
    return Document(
        columns=[
            Column("person", gettext("Did not read it yet"), "link", phone="title"),
            Column("due", gettext("Read before"), phone="meta"),
            *told,
            Column("state", gettext("State"), "status", phone="figure"),
        ],
        lines=[
            Row(
                str(each.reading),
                {
                    "person": Link(each.person, f"/communication/readings/{each.reading}"),
                    "due": moment(each.due_at),
                    "told": each.told,
                    "state": words.state("late" if each.late else "open"),
                },
            )
            for each in rows
        ],
    )


def _rounds(shown: ReadingRecord) -> Relation:
    """Each time that everybody was asked."""
    items = [
        Related(
            Link(gettext("Time {number}").format(number=n), words.readings_url(shown.stands.item)),
            why,
            moment(at),
        )
        for n, at, why in shown.rounds
    ]
    return Relation(gettext("Times everybody was asked"), items)


STANDS = RecordView(
    key="communication.must_read",
    title=_("How it is read"),
    kind="communication.item",
    path="<str:code>",
    find=reading_record,
    show=show,
)
