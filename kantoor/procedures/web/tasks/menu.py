"""The tasks' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View
from kantoor.procedures.web.instances.register import INSTANCES
from kantoor.procedures.web.instances.unbegun import UNBEGUN
from kantoor.procedures.web.people.mentions import MENTIONS
from kantoor.procedures.web.people.standing_in import STAND_INS
from kantoor.procedures.web.start import START_PAGE
from kantoor.procedures.web.tasks import cards
from kantoor.procedures.web.tasks.page import TASK
from kantoor.procedures.web.tasks.register import TASKS

__all__ = ["SECTION", "WITHIN", "cards"]

SECTION = Section(_("Work"), [TASKS, START_PAGE, INSTANCES, UNBEGUN, MENTIONS, STAND_INS])
WITHIN: Sequence[View] = (TASK,)
