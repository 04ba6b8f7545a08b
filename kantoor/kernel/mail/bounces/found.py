"""What a bounce tells: which address, what became of the mail for it, and why."""

import re
from dataclasses import dataclass

from kantoor.kernel.mail.bounces.words import NOBODY, OTHERWISE

FAILED, DELAYED, DELIVERED, COMPLAINT = "failed", "delayed", "delivered", "complaint"

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45])\d\d(?=[ \-:]|\Z)")
LONGEST_REASON = 500
_OF_THE_SENDER = ("5.1.7", "5.1.8")
"""What RFC 3463 says of our own address."""
_OF_ANYTHING = ("", "5.0.0", "5.1.0")
"""What says that something of it, or of the address, was wrong, and not what."""
_DISABLED = "5.2.1"


@dataclass(frozen=True)
class Failure:
    """One address of a bounce. `outcome` is failed, delayed, delivered or complaint (the reader
    called it spam, or wants no more); `status` as RFC 3463 writes it, if told; `reason` in the
    words of the other side; `original` the address that was written to, where that differs.
    """

    address: str
    outcome: str = FAILED
    status: str = ""
    reason: str = ""
    original: str = ""

    @property
    def lasting(self) -> bool:
        """Whether mail to the address is no use any more, or is not wanted."""
        if self.outcome == COMPLAINT:
            return True
        if self.outcome != FAILED or self.status in _OF_THE_SENDER:
            return False
        # A full mailbox or a rule of theirs (5.2.2, 5.7.x) says nothing of tomorrow, and a bare 550
        # says "no such mailbox" as well as "no relaying" (RFC 5321, 4.2.3): then its words decide.
        nobody, otherwise = NOBODY.search(self.reason), OTHERWISE.search(self.reason)
        if self.status in _OF_ANYTHING:
            return bool(nobody and not otherwise)
        named = self.status == _DISABLED or self.status.startswith("5.1.")
        return named and bool(nobody or not otherwise)


def status_in(text: str) -> str:
    """The status of RFC 3463 that a text tells, or the class of its SMTP reply as X.0.0."""
    if found := _STATUS.search(text):
        return found[0]
    if found := _REPLY.search(text):
        return f"{found[1]}.0.0"
    return ""


def outcome_of(action: str) -> str:
    """The outcome that an Action field of RFC 3464 names."""
    word = action.strip().lower().partition(" ")[0]
    if word.startswith("delay"):
        return DELAYED
    return DELIVERED if word in ("delivered", "relayed", "expanded") else FAILED
