"""The part of the menu for leave."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.leave import cards, feed, plans
from kantoor.departments.hr.web.leave.asking import ASK
from kantoor.departments.hr.web.leave.balances import BALANCES, KINDS, THEIRS
from kantoor.departments.hr.web.leave.feed_address import ADDRESS
from kantoor.departments.hr.web.leave.requests import LEAVE, REQUEST
from kantoor.departments.hr.web.leave.sickness import SICKNESS, SPELL
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Leave"), [LEAVE, BALANCES, SICKNESS, KINDS])
WITHIN: Sequence[View] = (REQUEST, THEIRS, SPELL, ASK, ADDRESS)

__all__ = ["SECTION", "WITHIN", "cards", "feed", "plans"]
