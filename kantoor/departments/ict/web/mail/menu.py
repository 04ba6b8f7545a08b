"""The part of the menu that is mail's."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.web.mail.boxes import MAILBOX, MAILBOXES
from kantoor.departments.ict.web.mail.received import MESSAGE, RAW, RECEIVED
from kantoor.departments.ict.web.mail.sent import OURS, SENT, UNREACHABLE
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Mail"), [RECEIVED, SENT, MAILBOXES, UNREACHABLE])
WITHIN: Sequence[View] = (MESSAGE, RAW, OURS, MAILBOX)
