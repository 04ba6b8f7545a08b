"""The desk of ICT: each area brings its own part of the menu."""

from kantoor.departments.ict.web.backups import menu as backups
from kantoor.departments.ict.web.cases import menu as cases
from kantoor.departments.ict.web.devices import menu as devices
from kantoor.departments.ict.web.mail import menu as mail
from kantoor.departments.ict.web.servers import menu as servers
from kantoor.kernel.pages.desk import Desk, open_desk

AREAS = (cases, mail, devices, servers, backups)

DESK = open_desk(
    Desk(
        name="ict",
        views=[view for area in AREAS for view in (*area.SECTION.views, *area.WITHIN)],
        sections=[area.SECTION for area in AREAS],
    )
)
