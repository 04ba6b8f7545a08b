"""The backups' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.web.backups import plans
from kantoor.departments.ict.web.backups.register import BACKUPS, EVIDENCE, PLAN, PROOFS, RUNS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "plans"]

SECTION = Section(_("Backups"), [BACKUPS, RUNS, PROOFS])
WITHIN: Sequence[View] = (PLAN, EVIDENCE)
