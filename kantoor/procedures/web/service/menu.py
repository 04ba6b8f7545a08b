"""The part of the menu for what departments do for each other."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.desk import Section
from kantoor.procedures.web.service import told
from kantoor.procedures.web.service.asking import ASK
from kantoor.procedures.web.service.kinds import KEPT, KINDS
from kantoor.procedures.web.service.requests import REQUEST, REQUESTS

SECTION = Section(_("Requests"), [ASK, REQUESTS, KINDS, KEPT])
WITHIN = (REQUEST,)
__all__ = ["SECTION", "WITHIN", "told"]
