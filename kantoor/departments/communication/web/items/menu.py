"""Items' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.items import waiting
from kantoor.departments.communication.web.items import cards, plans
from kantoor.departments.communication.web.items.calendar import CALENDAR
from kantoor.departments.communication.web.items.record import ITEM
from kantoor.departments.communication.web.items.register import ITEMS
from kantoor.departments.communication.web.items.templates import TEMPLATE, TEMPLATES
from kantoor.departments.communication.web.items.versions import VERSIONS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Writing"), [ITEMS, CALENDAR, TEMPLATES])
WITHIN: Sequence[View] = (ITEM, VERSIONS, TEMPLATE)

__all__ = ["SECTION", "WITHIN", "cards", "plans", "waiting"]
