"""The intranet's part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.pages import doors, public
from kantoor.departments.communication.web.pages.addresses import ADDRESSES
from kantoor.departments.communication.web.pages.channels import PRESS_PAGE
from kantoor.departments.communication.web.pages.item import ITEM
from kantoor.departments.communication.web.pages.lists import EVENTS, POLICIES
from kantoor.departments.communication.web.pages.news import NEWS
from kantoor.departments.communication.web.pages.screens import SCREENS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "doors", "public"]

SECTION = Section(_("Intranet"), [NEWS, POLICIES, EVENTS, PRESS_PAGE, SCREENS])
WITHIN: Sequence[View] = (ITEM, ADDRESSES)
