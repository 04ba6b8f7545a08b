"""The mailings' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.mailings import beside, doors, plans
from kantoor.departments.communication.web.mailings.channels import CHANNELS, KEYS
from kantoor.departments.communication.web.mailings.preview import PREVIEW
from kantoor.departments.communication.web.mailings.progress import PROGRESS
from kantoor.departments.communication.web.mailings.register import MAILING, MAILINGS, RECIPIENTS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Mailings"), [MAILINGS, RECIPIENTS, CHANNELS, KEYS])
WITHIN: Sequence[View] = (MAILING, PROGRESS, PREVIEW)

__all__ = ["SECTION", "WITHIN", "beside", "doors", "plans"]
