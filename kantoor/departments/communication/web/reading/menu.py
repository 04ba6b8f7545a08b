"""What must be read, in the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.reading import beside, cards, offers, plans
from kantoor.departments.communication.web.reading.lists import (
    MUST_READ,
    MY_READINGS,
    PEOPLE,
    READINGS,
)
from kantoor.departments.communication.web.reading.record import READING
from kantoor.departments.communication.web.reading.stands import STANDS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Reading"), [MY_READINGS, MUST_READ, READINGS])
WITHIN: Sequence[View] = (PEOPLE, READING, STANDS)

__all__ = ["SECTION", "WITHIN", "beside", "cards", "offers", "plans"]
