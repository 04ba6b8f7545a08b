"""The devices' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.web.devices import door
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "door"]

SECTION = Section(_("Devices"), [])
WITHIN: Sequence[View] = ()
