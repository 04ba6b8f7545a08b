"""The part of the menu about procedures themselves."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View
from kantoor.procedures.web import plans, references
from kantoor.procedures.web.editor import EDITOR
from kantoor.procedures.web.files import OF_INSTANCES, OF_VERSIONS
from kantoor.procedures.web.instances.page import INSTANCE
from kantoor.procedures.web.people.teams import TEAMS
from kantoor.procedures.web.register.bringing_in import BRING_IN
from kantoor.procedures.web.register.journeys import JOURNEYS
from kantoor.procedures.web.register.lists import PASSED, REGISTER, WAITING
from kantoor.procedures.web.register.moving import MOVE
from kantoor.procedures.web.register.page import PROCEDURE, VERSION

__all__ = ["SECTION", "WITHIN", "plans", "references"]

SECTION = Section(_("Arranged"), [REGISTER, JOURNEYS, WAITING, TEAMS])
WITHIN: Sequence[View] = (
    INSTANCE,
    BRING_IN,
    MOVE,
    PASSED,
    VERSION,
    PROCEDURE,
    OF_INSTANCES,
    OF_VERSIONS,
    EDITOR,
)
