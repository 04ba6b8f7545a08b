"""The intranet's part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.pages.lists import EVENTS, POLICIES
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Intranet"), [POLICIES, EVENTS])
WITHIN: Sequence[View] = ()
