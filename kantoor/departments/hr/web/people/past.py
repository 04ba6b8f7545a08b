"""An employee's page as it is now, or as their contracts were known on a day or at a moment before."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.card import EmployeeCard, employee
from kantoor.departments.hr.web.people.card import (
    contracts_of,
    current,
    facts_of,
    note_of,
    show,
    state_of,
)
from kantoor.departments.hr.web.people.words import STATES, employee_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import States
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.view import actor_of
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.formats import day_in_full, moment
from kantoor.kernel.ui.listing import Act

UNKNOWN: States = {"unknown": (_("Not known yet"), "quiet")}


@dataclass(frozen=True, slots=True)
class Past:
    """The moment one looks at; `whole_day` says that it is the end of a day."""

    at: datetime
    whole_day: bool

    @property
    def day(self) -> date:
        """Its day in the company's zone."""
        return timezone.localtime(self.at).date()

    def __str__(self) -> str:
        return day_in_full(self.day) if self.whole_day else moment(self.at)


def past_of(text: str) -> Past | None:
    """What `known=` asks: a day, or a moment with its zone; None for now, later, or no date."""
    try:
        if len(text) == len("2024-01-31"):
            latest = datetime.combine(date.fromisoformat(text), time.max)
            found = Past(timezone.make_aware(latest), whole_day=True)
        else:
            found = Past(datetime.fromisoformat(text), whole_day=False)
        if found.at.tzinfo is None or found.at >= timezone.now():
            return None
        found.day  # noqa: B018 - the edge of the calendar has no day in the company's zone
    except (ValueError, OverflowError):
        return None
    return found


def show_past(actor: Actor, card: EmployeeCard, past: Past) -> Thing:
    """The contracts as they were known then, and the terms of that day; nothing can be done here.

    What has no versions (address, documents) is left out: it would be that of now.
    """
    employment = card.employments[0] if card.employments else None
    word, tone = STATES[state_of(employment, past.day)] if employment else UNKNOWN["unknown"]
    return Thing(
        title=card.name,
        row=employment.id if employment else None,
        state=Status("past", force_str(word), tone),
        note=note_of(employment),
        facts=facts_of(actor, card, current(employment, past.day)) if employment else [],
        document=contracts_of(card),
        steps=[Act(gettext("Back to now"), employee_url(card.code), icon="chevron-left")],
    )


@dataclass(frozen=True, kw_only=True)
class EmployeeView(RecordView):
    """An employee's page, with the day on which one wants to know what was known."""

    template: str = field(default="hr/employee.html")

    def respond(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The file of now, or with `known=` that of then, which says so on top."""
        actor = actor_of(request)
        asked = Address.of(request).get("known")
        past = past_of(asked)
        if past is None:
            thing = show(actor, employee(actor, code=parts["code"]))
        else:
            card = employee(actor, code=parts["code"], known_at=past.at)
            thing = show_past(actor, card, past)
        return render(
            request,
            self.template,
            {
                "page": self.page(actor, thing),
                "past": past,
                "nothing": past is not None and thing.row is None,
                "unread": bool(asked) and past is None,
                "day": past.day if past else timezone.localdate(),
                "today": timezone.localdate(),
            },
        )


EMPLOYEE = EmployeeView(
    key="hr.employees",
    title=_("Employee"),
    kind="hr.employment",
    path="<str:code>",
    find=employee,
    show=show,
)
