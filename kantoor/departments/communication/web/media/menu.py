"""The library's part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.media import waiting
from kantoor.departments.communication.web.media import plans
from kantoor.departments.communication.web.media.adding import ADD_PICTURE
from kantoor.departments.communication.web.media.library import PICTURE, PICTURES
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Library"), [PICTURES])
WITHIN: Sequence[View] = (ADD_PICTURE, PICTURE)

__all__ = ["SECTION", "WITHIN", "plans", "waiting"]
