"""Time spent on cases and what it cost, as pages: the lines of a case, the report, the rates."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.cases.record import CaseShown
from kantoor.departments.ict.queries.cases.work import work_costs, work_rates
from kantoor.departments.ict.web.cases import words
from kantoor.departments.ict.web.cases.plans import queues, services
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Money


def spent(minutes: int) -> str:
    """Minutes as hours and minutes."""
    return words.duration(60 * minutes)


def work_lines(actor: Actor, shown: CaseShown) -> Mapping[str, Any] | None:
    """The lines of a case with their sum, and which of them one may take back."""
    if not shown.work:
        return None
    places = exponent(actor.currency)

    def money(cost: int) -> Money:
        return Money(cost, places, actor.currency)

    others = actor.may("ict.manage_desk")
    may = actor.may("ict.handle_cases")
    known = [each.cost for each in shown.work if each.cost is not None]
    return {
        "total": spent(sum(each.minutes for each in shown.work)),
        "cost": money(sum(known)) if known else None,
        "back": f"{words.case_url(shown.case.number)}#work",
        "lines": [
            {
                "id": each.id,
                "day": each.day,
                "who": each.who,
                "minutes": spent(each.minutes),
                "cost": None if each.cost is None else money(each.cost),
                "takes_back": may and each.open and (others or each.user == actor.user_id),
            }
            for each in shown.work
        ],
    }


WORK_COSTS = ListView(
    key="ict.work_costs",
    title=_("Time and cost"),
    query=work_costs,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title", value=lambda row: row.name or gettext("None")),
        Col(key="minutes", title=_("Time spent"), value=lambda row: spent(row.minutes), align="end"),
        Col(
            key="unrated", title=_("Of which without a rate"), align="end",
            value=lambda row: spent(row.unrated) if row.unrated else "",
        ),
        Col(key="cost", title=_("Cost"), kind="money", phone="figure"),
    ],
    narrows=[
        Narrow(
            key="by",
            title=_("By"),
            choices={
                "service": _("Service"),
                "department": _("Department"),
                "queue": _("Queue"),
                "case": _("Case"),
            },
        ),
        Narrow(key="date", title=_("Date"), kind="date_range"),
    ],
    tabs=[
        Tab(_("By service")),
        Tab(_("By department"), {"by": "department"}),
        Tab(_("By queue"), {"by": "queue"}),
        Tab(_("By case"), {"by": "case"}),
    ],
    empty=Empty(
        _("No time was written down"),
        _("The minutes of calls and answers in this period add up here."),
        icon="clock",
    ),
)  # fmt: skip
WORK_RATES = ListView(
    key="ict.work_rates",
    title=_("What work costs"),
    query=work_rates,
    columns=[
        Col(key="start", title=_("From"), kind="date", phone="meta"),
        Col(key="service", title=_("Service"), phone="title", value=lambda row: row.service or gettext("Any")),
        Col(key="queue", title=_("Queue"), value=lambda row: row.queue or gettext("Any")),
        Col(key="rate", title=_("An hour"), kind="number", phone="figure"),
    ],
    new="ict.set_work_rate",
    empty=Empty(
        _("No rates yet"), _("Say what an hour costs, so that cases have a cost."), icon="coins"
    ),
)  # fmt: skip

plan("ict.write_work", Plan(in_palette=False))
plan("ict.reverse_work", Plan(in_palette=False))
plan(
    "ict.set_work_rate",
    Plan(
        choices={"rate.service": services, "rate.queue": queues},
        goes_to=lambda *_: WORK_RATES.url,
        submit=_("Set it"),
    ),
)
for _verb in ("write_work", "write_works"):
    name_field(f"ict.{_verb}:case", _("Case"), _("Its number."))
    name_field(f"ict.{_verb}:minutes", _("Minutes spent"))
    name_field(f"ict.{_verb}:day", _("Day"), _("Empty is today."))
for _verb in ("set_work_rate", "set_work_rates"):
    name_field(f"ict.{_verb}:start", _("From"))
    name_field(f"ict.{_verb}:rate", _("An hour"), _("In whole units, such as 45 or 52.50."))
    name_field(f"ict.{_verb}:service", _("Service"), _("Empty is any."))
    name_field(f"ict.{_verb}:queue", _("Queue"), _("Empty is any."))
for _verb in ("note_call", "note_calls", "add_note", "add_notes"):
    name_field(f"ict.{_verb}:minutes", _("Minutes spent"), _("0 writes nothing down."))
