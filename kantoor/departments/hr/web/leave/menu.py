"""The part of the menu for leave."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Leave"), [])
WITHIN: Sequence[View] = ()
