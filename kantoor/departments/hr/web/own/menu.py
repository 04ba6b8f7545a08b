"""The part of the menu for what is one's own."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.expenses.lists import MY_CLAIMS, TO_DECIDE
from kantoor.departments.hr.web.growth.lists import MY_CERTIFICATES
from kantoor.departments.hr.web.leave.balances import MINE as MY_LEAVE
from kantoor.departments.hr.web.leave.calendar import CALENDAR
from kantoor.departments.hr.web.leave.requests import TO_DECIDE as LEAVE_TO_DECIDE
from kantoor.departments.hr.web.own.file import MY_FILE
from kantoor.departments.hr.web.payroll.slips import OWN_PAYSLIPS
from kantoor.departments.hr.web.people.register import MY_PEOPLE
from kantoor.departments.hr.web.privacy.data import MY_DATA
from kantoor.departments.hr.web.privacy.lists import LOOKS_AT_ME
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(
    _("Mine"),
    [
        MY_LEAVE,
        CALENDAR,
        LEAVE_TO_DECIDE,
        MY_FILE,
        MY_PEOPLE,
        MY_CLAIMS,
        TO_DECIDE,
        OWN_PAYSLIPS,
        MY_CERTIFICATES,
        LOOKS_AT_ME,
        MY_DATA,
    ],
)
WITHIN: Sequence[View] = ()
