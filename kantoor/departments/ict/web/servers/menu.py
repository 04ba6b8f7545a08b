"""The servers' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.web.servers import cards, plans, public
from kantoor.departments.ict.web.servers.lists import ALERTS, MAINTENANCE
from kantoor.departments.ict.web.servers.register import SERVER, SERVERS
from kantoor.departments.ict.web.servers.status import STATUS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "cards", "plans", "public"]

SECTION = Section(_("Servers"), [STATUS, SERVERS, ALERTS, MAINTENANCE])
WITHIN: Sequence[View] = (SERVER,)
