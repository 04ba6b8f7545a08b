"""What procedures say on Today: tasks that wait, those that are late, and where one was named."""

from django.utils.translation import gettext, ngettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Figure, Waiting
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.queries.remarks import mentions
from kantoor.procedures.queries.tasks import inbox, waiting_tasks
from kantoor.procedures.web import words
from kantoor.procedures.web.tasks.register import TASKS, state_of, whose

FEW = 4


@today_card("procedures", permission=TAKE_PART, order=30)
def tasks_card(actor: Actor) -> Card:
    """The first of one's tasks, and how many there are; nothing to who has none."""
    page = inbox(actor, limit=FEW)
    if not page.rows:
        return Card()
    waiting = []
    for row in page.rows:
        about = " · ".join(filter(None, (row.instance_title, whose(row))))
        due = row.due_at.date() if row.due_at else None
        state = words.status(words.TASK_STATES, state_of(row))
        waiting.append(Waiting(row.title, words.task_url(row.id), about, due, state))
    counted = waiting_tasks(actor)
    if counted["all"] > FEW:
        said = ngettext("%(n)s task waits", "%(n)s tasks wait", counted["all"])
        waiting.append(Waiting(said % {"n": number(counted["all"])}, TASKS.url))
    late = Status("late", gettext("Late"), "bad") if counted["late"] else None
    return Card(
        waiting=waiting,
        figures=[
            Figure(gettext("Tasks"), counted["all"], TASKS.url),
            Figure(gettext("Tasks past their time"), counted["late"], f"{TASKS.url}?late=1", status=late),
        ],
    )  # fmt: skip


@today_card("procedures", permission=TAKE_PART, order=31)
def mentions_card(actor: Actor) -> Card:
    """Where one was named and has not been yet."""
    return Card(
        waiting=[
            Waiting(
                gettext("{name} named you: {text}").format(name=row.user, text=_short(row.text)),
                words.instance_url(row.instance),
                row.instance_title,
            )
            for row in mentions(actor, limit=FEW).rows
        ]
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
