"""The parts of the menu for what is one's own, few enough in each to see at a glance."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.web.expenses.lists import MY_CLAIMS, TO_DECIDE
from kantoor.departments.hr.web.growth.lists import MY_CERTIFICATES
from kantoor.departments.hr.web.growth.objectives import MY_OBJECTIVES
from kantoor.departments.hr.web.growth.reviews import MY_REVIEWS
from kantoor.departments.hr.web.growth.training import MY_TRAININGS
from kantoor.departments.hr.web.leave.balances import MINE as MY_LEAVE
from kantoor.departments.hr.web.leave.calendar import CALENDAR
from kantoor.departments.hr.web.leave.requests import TO_DECIDE as LEAVE_TO_DECIDE
from kantoor.departments.hr.web.own.file import MY_FILE
from kantoor.departments.hr.web.payroll.slips import OWN_PAYSLIPS
from kantoor.departments.hr.web.people.documents import OF_MY_PEOPLE
from kantoor.departments.hr.web.people.register import MY_PEOPLE
from kantoor.departments.hr.web.privacy.data import MY_DATA
from kantoor.departments.hr.web.privacy.lists import LOOKS_AT_ME
from kantoor.departments.hr.web.times.clock import MY_CLOCK
from kantoor.departments.hr.web.times.lists import TO_DECIDE as HOURS_TO_DECIDE
from kantoor.departments.hr.web.times.rota import ROTA
from kantoor.departments.hr.web.times.week import MY_HOURS
from kantoor.departments.hr.web.times.worked import TO_APPROVE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View


def is_employee(actor: Actor) -> bool:
    """Whether the account is an employee's: nobody else has anything here."""
    return find_own_party(actor) is not None


SECTIONS = (
    Section(_("My leave and time"), [MY_LEAVE, CALENDAR, MY_HOURS, MY_CLOCK, ROTA], is_employee),
    Section(_("My file and pay"), [MY_FILE, OWN_PAYSLIPS, MY_CLAIMS, MY_DATA, LOOKS_AT_ME], is_employee),
    Section(_("My growth"), [MY_REVIEWS, MY_OBJECTIVES, MY_TRAININGS, MY_CERTIFICATES], is_employee),
    Section(
        _("My team"),
        [LEAVE_TO_DECIDE, HOURS_TO_DECIDE, TO_APPROVE, TO_DECIDE, MY_PEOPLE, OF_MY_PEOPLE],
        is_employee,
    ),
)  # fmt: skip
"""What is one's own comes before what one decides on for one's people."""
WITHIN: Sequence[View] = ()
