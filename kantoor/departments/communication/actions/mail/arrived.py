"""A message that came in, with what was read of it."""

from dataclasses import dataclass

from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.kinds import Sort
from kantoor.kernel.mail.reading.message import Message


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that came in: its row, what it says, and what sort of message it is."""

    row: MailIn
    message: Message
    sort: Sort
