"""The way out by a service of text messages or of talk, by Apprise: one address, a hundred services."""

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from kantoor.kernel.mail.mass.ways import Outgoing
from kantoor.kernel.mail.models import FAILED, SENT, UNSURE, WAITING
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.sending import Said

TO = "{to}"
"""Where the number comes in the address of a service."""
NOT_NOW = (429, 503)
_STATUS = re.compile(r"error=(\d{3})")


def is_service(address: str) -> bool:
    """Whether Apprise knows the kind of address that this is."""
    from apprise import Apprise

    made = Apprise.instantiate(address.replace(TO, "0612345678"), suppress_exceptions=True)
    return made is not None


class ByService:
    """Calls of a service; the first line of a message is its title, where the service has one."""

    def __init__(self, address: str) -> None:
        self._address = address

    def hand_in(self, message: Outgoing, begin: Callable[[], None]) -> Said:
        """Hand in a message, and tell what came of it from what Apprise says."""
        from apprise import Apprise, LogCapture

        title, _, body = message.content().decode().partition("\n")
        service = Apprise()
        if not service.add(self._address.replace(TO, quote(message.address, safe=""))):
            return Said(FAILED, "550 no address of the service")
        begin()
        capture: Any = LogCapture
        with capture(level=logging.WARNING) as captured:
            done = service.notify(body=body.strip() or title, title=title)
            words = one_line(captured.getvalue())[-250:]
        if done:
            return Said(SENT, "250 taken")
        status = _STATUS.search(words)
        if status is None:
            return Said(UNSURE, words or "no answer")
        code = int(status[1])
        if code in NOT_NOW:
            return Said(WAITING, words)
        return Said(UNSURE if code >= 500 else FAILED, words)

    def close(self) -> None:
        """Nothing is kept open."""
