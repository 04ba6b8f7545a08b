"""The desk of HR: each area brings its own part of the menu."""

from kantoor.departments.hr.web.expenses import menu as expenses
from kantoor.departments.hr.web.growth import menu as growth
from kantoor.departments.hr.web.leave import menu as leave
from kantoor.departments.hr.web.own import menu as own
from kantoor.departments.hr.web.payroll import menu as payroll
from kantoor.departments.hr.web.people import menu as people
from kantoor.departments.hr.web.privacy import menu as privacy
from kantoor.departments.hr.web.times import menu as times
from kantoor.kernel.pages.desk import Desk, open_desk

AREAS = (people, leave, times, expenses, payroll, growth, privacy)
SECTIONS = (*own.SECTIONS, *(area.SECTION for area in AREAS))
WITHIN = (*own.WITHIN, *(view for area in AREAS for view in area.WITHIN))

DESK = open_desk(
    Desk(
        name="hr",
        views=[*(view for section in SECTIONS for view in section.views), *WITHIN],
        sections=SECTIONS,
    )
)
