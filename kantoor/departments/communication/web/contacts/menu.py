"""The menu's part for contacts."""

from collections.abc import Sequence

from kantoor.departments.communication.queries.contacts import kinds
from kantoor.departments.communication.web.contacts import plans
from kantoor.departments.communication.web.contacts.register import CONTACT, CONTACTS
from kantoor.departments.communication.web.contacts.saying import CONTACT_FILE, TAKE_SAID
from kantoor.kernel.pages.view import View

SHOWN: Sequence[View] = (CONTACTS,)
WITHIN: Sequence[View] = (CONTACT, TAKE_SAID, CONTACT_FILE)

__all__ = ["SHOWN", "WITHIN", "kinds", "plans"]
