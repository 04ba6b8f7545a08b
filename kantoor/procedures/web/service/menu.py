"""The part of the menu for what departments do for each other, and what has to be done in time."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.desk import Section
from kantoor.procedures.web.service import told
from kantoor.procedures.web.service.asking import ASK
from kantoor.procedures.web.service.checklists import BEGIN, RUN, RUNS, TEMPLATES
from kantoor.procedures.web.service.duties import ARRANGE, ARRANGED, DUTIES, DUTY
from kantoor.procedures.web.service.kinds import KEPT, KINDS
from kantoor.procedures.web.service.requests import REQUEST, REQUESTS

SECTION = Section(
    _("Requests and duties"), [ASK, REQUESTS, DUTIES, RUNS, KINDS, KEPT, ARRANGED, TEMPLATES]
)
WITHIN = (REQUEST, DUTY, ARRANGE, RUN, BEGIN)
__all__ = ["SECTION", "WITHIN", "told"]
