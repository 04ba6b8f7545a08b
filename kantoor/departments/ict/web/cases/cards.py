"""What the service desk says on Today and on its desk, and how employees are helped on."""

from babel import dates
from django.utils.translation import gettext, ngettext

from kantoor.departments.ict.queries.cases.desk_figures import (
    DeskFigures,
    cases_by_week,
    desk_figures,
)
from kantoor.departments.ict.queries.cases.register import cases, my_questions
from kantoor.departments.ict.web.cases import words
from kantoor.departments.ict.web.cases.arranged import DEADLINES
from kantoor.departments.ict.web.cases.register import CASES, MY_QUESTIONS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.charts import Chart, Series
from kantoor.kernel.ui.formats import number, reader_locale
from kantoor.kernel.ui.today_page import Figure, FirstStep, Waiting

FEW = 4


@today_card("ict", permission="ict.handle_cases", order=40)
def desk_card(actor: Actor) -> Card:
    """The cases one has, those nobody has, and how the desk keeps up."""
    if not actor.may("ict.read_cases"):
        return Card()
    found = desk_figures(actor)
    return Card(waiting=_waiting(actor, found), figures=_figures(found), charts=_charts(actor))


@today_card("ict", permission="ict.ask_help", order=41)
def questions_card(actor: Actor) -> Card:
    """Where to ask for help, until one has asked something."""
    act = act_for(actor, "ict.ask_question", icon="headset", back=MY_QUESTIONS.url)
    if act is None or actor.may("ict.handle_cases") or my_questions(actor, limit=1).rows:
        return Card()
    text = gettext("Something does not work, or you need something? Say it here.")
    return Card(first_steps=[FirstStep(act, text)])


def _waiting(actor: Actor, found: DeskFigures) -> list[Waiting]:
    shown = []
    if found.nobodys:
        title = ngettext("%(n)s case is nobody's", "%(n)s cases are nobody's", found.nobodys)
        nobody = f"{CASES.url}?state=open&whose=nobody"
        shown.append(Waiting(title % {"n": number(found.nobodys)}, nobody))
    if not found.mine:
        return shown
    rows = cases(actor, state="open", whose="mine", sort="priority", limit=FEW).rows
    for row in rows:
        state = words.status(row.state, row.waiting_for)
        about = f"{row.number} · {row.requester_name}" if row.requester_name else row.number
        due = row.due_at.date() if row.due_at else None
        shown.append(Waiting(row.title, words.case_url(row.number), about, due, state))
    if found.mine > FEW:
        title = ngettext("%(n)s case of yours", "%(n)s cases of yours", found.mine)
        mine = f"{CASES.url}?state=open&whose=mine"
        shown.append(Waiting(title % {"n": number(found.mine)}, mine))
    return shown


def _figures(found: DeskFigures) -> list[Figure]:
    late = Status("late", gettext("Late"), "bad") if found.late else None
    return [
        Figure(gettext("Cases not solved yet"), found.open, f"{CASES.url}?state=open"),
        Figure(gettext("Past a deadline"), found.late, DEADLINES.url, status=late),
    ]


def _charts(actor: Actor) -> list[Chart]:
    weeks = cases_by_week(actor)
    if not weeks:
        return []
    labels = [dates.format_date(each.start, "d MMM", locale=reader_locale()) for each in weeks]
    return [
        Chart(
            key="cases",
            title=gettext("Cases opened and solved by week"),
            labels=labels,
            series=[
                Series(gettext("Opened"), [each.opened for each in weeks], "1"),
                Series(gettext("Solved"), [each.resolved for each in weeks], "quiet"),
            ],
            exponent=0,
            url=f"{CASES.url}?date_from={weeks[0].start}",
        )
    ]
