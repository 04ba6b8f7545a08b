"""What was escalated to somebody: as a list, and on Today."""

from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.clocks.escalated import escalated_to_me
from kantoor.departments.ict.web.cases import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Waiting

FEW = 4

ESCALATED = ListView(
    key="ict.escalated",
    title=_("Escalated to me"),
    query=escalated_to_me,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(
            key="title",
            title=_("What is the matter"),
            kind="link",
            url=lambda row: words.case_url(row.number),
            phone="title",
        ),
        Col(key="clock", title=_("Clock"), value=lambda row: words.CLOCKS[row.clock]),
        Col(key="due_at", title=_("Due"), kind="datetime", phone="figure"),
        Col(key="queue", title=_("Queue")),
        Col(key="assignee", title=_("Who has it")),
    ],
    row_url=lambda row: words.case_url(row.number),
    empty=Empty(
        _("Nothing was escalated to you"),
        _("When a deadline passes in a queue that you lead or of a service you own, you see it."),
        icon="clock",
    ),
    in_menu=False,
)


@today_card("ict", permission="ict.read_cases", order=38)
def escalated_card(actor: Actor) -> Card:
    """The deadlines that passed and are one's own to deal with."""
    page = escalated_to_me(actor, limit=FEW)
    late = Status("late", gettext("Late"), "bad")
    waiting = [
        Waiting(
            row.title, words.case_url(row.number),
            f"{row.number} · {force_str(words.CLOCKS[row.clock])}", row.due_at.date(), late,
        )
        for row in page.rows
    ]  # fmt: skip
    if page.count is not None and page.count > FEW:
        title = ngettext("%(n)s passed deadline", "%(n)s passed deadlines", page.count)
        waiting.append(Waiting(title % {"n": number(page.count)}, ESCALATED.url))
    return Card(waiting=waiting)
