"""The desk of communication: each area brings its own part of the menu."""

from kantoor.departments.communication.web.audiences import menu as audiences
from kantoor.departments.communication.web.items import menu as items
from kantoor.departments.communication.web.mailings import menu as mailings
from kantoor.departments.communication.web.media import menu as media
from kantoor.departments.communication.web.pages import menu as pages
from kantoor.departments.communication.web.questions import menu as questions
from kantoor.departments.communication.web.reading import menu as reading
from kantoor.kernel.pages.desk import Desk, open_desk

AREAS = (pages, items, mailings, audiences, reading, questions, media)

DESK = open_desk(
    Desk(
        name="communication",
        views=[view for area in AREAS for view in (*area.SECTION.views, *area.WITHIN)],
        sections=[area.SECTION for area in AREAS],
    )
)
