"""The desk of procedures."""

from kantoor.kernel.pages.desk import Desk, open_desk
from kantoor.procedures.web.editor import EDITOR
from kantoor.procedures.web.files import OF_INSTANCES, OF_VERSIONS
from kantoor.procedures.web.register import PROCEDURE, PROCEDURES
from kantoor.procedures.web.under_way import INSTANCE, INSTANCES

DESK = open_desk(
    Desk(
        name="procedures",
        views=[INSTANCES, INSTANCE, PROCEDURES, PROCEDURE, OF_VERSIONS, OF_INSTANCES, EDITOR],
    )
)
