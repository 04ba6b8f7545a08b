"""The desk of procedures: each area brings its own part of the menu."""

from kantoor.kernel.pages.desk import Desk, open_desk
from kantoor.procedures.web.register import menu as register
from kantoor.procedures.web.service import menu as service
from kantoor.procedures.web.tasks import menu as tasks

AREAS = (tasks, service, register)

DESK = open_desk(
    Desk(
        name="procedures",
        views=[view for area in AREAS for view in (*area.SECTION.views, *area.WITHIN)],
        sections=[area.SECTION for area in AREAS],
    )
)
