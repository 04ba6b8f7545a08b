"""The audiences' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.audiences import plans
from kantoor.departments.communication.web.audiences.addresses import ADDRESS, NO_MAIL
from kantoor.departments.communication.web.audiences.importing import IMPORT
from kantoor.departments.communication.web.audiences.lists import LIST, LISTS, MEMBERS, PURPOSES
from kantoor.departments.communication.web.audiences.reach import REACH
from kantoor.departments.communication.web.audiences.register import AUDIENCE, AUDIENCES
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Audiences"), [AUDIENCES, LISTS, MEMBERS, PURPOSES, NO_MAIL])
# What is told while one types comes before the page that takes any code.
WITHIN: Sequence[View] = (REACH, AUDIENCE, LIST, ADDRESS, IMPORT)

__all__ = ["SECTION", "WITHIN", "plans"]
