"""The desk of procedures."""

from kantoor.kernel.pages.desk import Desk, open_desk
from kantoor.procedures.web.editor import EDITOR
from kantoor.procedures.web.files import FILES
from kantoor.procedures.web.register import PROCEDURE, PROCEDURES
from kantoor.procedures.web.under_way import INSTANCE, INSTANCES

DESK = open_desk(
    Desk(name="procedures", views=[INSTANCES, INSTANCE, PROCEDURES, PROCEDURE, FILES, EDITOR])
)
