"""Procedures of the trading company: the journeys are used, and some are under way."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.actions.people.signing import sign_contract
from kantoor.departments.hr.drafts_people import EndDraft, HireDraft
from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.actors.roles import grant_role
from kantoor.procedures.actions.delivering import deliver_events
from kantoor.procedures.actions.going_on import go_on
from kantoor.procedures.actions.journeys import use_journeys
from kantoor.procedures.actions.starting import start_procedure
from kantoor.procedures.actions.talking import comment_on
from kantoor.procedures.actions.tasks import complete_task
from kantoor.procedures.hearing import due_waits
from kantoor.procedures.models import HeardEvent, Procedure, Task, Wait
from kantoor.shell.demo.trade.relations import BUYER

__all__ = ["BUYER", "have_procedures"]

STARTERS = (("M0121", "Mila Hendriks", 12), ("M0122", "Tariq Aziz", 30))
"""Who begins in so many days."""
LEAVER, LEAVES_IN = "M0109", 3
SUPPLIER = {
    "name": "Atelier Zomer", "country": "NL", "iban": "NL91ABNA0417164300",
    "source": "Hun factuur van vorige week",
}  # fmt: skip


class Desk:
    """What people of the company do in its procedures, and what goes on by itself."""

    def __init__(self, company: Company) -> None:
        self.company, self.console = company, console_actor(company)

    def __getitem__(self, sign_in: str) -> Actor:
        return actor_for(User.objects.get(sign_in=sign_in), self.company)

    def settle(self) -> None:
        """Deliver what was heard, and go on with what is due, until nothing more comes of it."""
        while True:
            heard = HeardEvent.objects.filter(company=self.company, handled_at=None)
            events = list(heard.values_list("pk", flat=True))
            due = Wait.objects.filter(due_waits(timezone.now()), company=self.company)
            waits = list(due.order_by("due_at", "pk").values_list("pk", flat=True))
            if not events and not waits:
                return
            deliver_events(self.console, events=events)
            if waits and not go_on(self.console, waits=waits) and not events:
                return

    def do(self, sign_in: str, element: str, about: str, **values: Any) -> None:
        """Do the open task at an element of the instance about somebody."""
        open_ones = Task.objects.filter(instance__company=self.company, state="open")
        task = open_ones.filter(element=element, instance__title__contains=about).latest("pk")
        complete_task(self[sign_in], task=task.pk, values=values)
        self.settle()


def have_procedures(company: Company, today: date) -> None:
    """Use the journeys, and have a handful of them at different stages; once."""
    if "procedures" not in settings.DEPARTMENTS or Procedure.objects.filter(company=company):
        return
    desk = Desk(company)
    use_journeys(desk["admin"])
    for code, name, days in STARTERS:
        _hired(desk["helen"], code, name, today + timedelta(days=days))
        sign_contract(desk["helen"], employee=code, signed_on=today)
    end = EndDraft(employee=LEAVER, last_day=today + timedelta(days=LEAVES_IN), reason="resigned")
    end_employment(desk["helen"], end=end)
    grant_role(desk.console, user="sam", role="employee")
    start_procedure(desk["sam"], procedure="new-supplier", values=SUPPLIER)
    desk.settle()
    first = STARTERS[0][0]
    desk.do("carla", "Task_Centre", first, cost_centre="VERKOOP")
    desk.do("paul", "Task_Salary", first, salary={"amount": 295_000})
    desk.do("helen", "Task_Contract", first)
    desk.do("helen", "Task_Retention", LEAVER, keep_longer=False)
    about = Task.objects.filter(instance__company=company, instance__title__contains=first)
    number = about.values_list("instance__number", flat=True)[0]
    comment_on(
        desk["helen"], instance=number, text="Ze komt op de fiets: graag een kluisje erbij. @hugo"
    )


def _hired(officer: Actor, code: str, name: str, start: date) -> None:
    hours: dict[str, Any] = {f"hours_{day}": Decimal(8) for day in ("mon", "tue", "wed", "thu")}
    iban = "NL20INGB0001234567"
    draft = HireDraft(
        employee=code, name=name, start=start, job_title="Verkoper", unit="verkoop",
        manager="M0104", place="Deventer", iban=iban, **hours,
    )  # fmt: skip
    hire_employees(officer, employees=[draft])
