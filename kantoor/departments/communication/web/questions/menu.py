"""The menu's part for questions, contacts and the mail of both."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.questions import waiting
from kantoor.departments.communication.web.contacts import menu as contacts
from kantoor.departments.communication.web.questions import plans
from kantoor.departments.communication.web.questions.files import QUESTION_FILE
from kantoor.departments.communication.web.questions.mail import (
    MAILBOX,
    MAILBOXES,
    MESSAGE,
    RECEIVED,
)
from kantoor.departments.communication.web.questions.record import QUESTION
from kantoor.departments.communication.web.questions.register import QUESTIONS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("Press and questions"), [QUESTIONS, *contacts.SHOWN, RECEIVED, MAILBOXES])
WITHIN: Sequence[View] = (QUESTION, QUESTION_FILE, MESSAGE, MAILBOX, *contacts.WITHIN)

__all__ = ["SECTION", "WITHIN", "plans", "waiting"]
