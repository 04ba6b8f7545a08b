"""A lot of messages is handed in over several ways at once, each noted in the lot's journal."""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kantoor.kernel.mail.mass.journal import Journal
from kantoor.kernel.mail.mass.ways import Away, Outgoing, Way
from kantoor.kernel.mail.models import UNSURE, WAITING
from kantoor.kernel.mail.sending import Said, said_of

log = logging.getLogger(__name__)


@dataclass
class Handed:
    """What came of a lot: what was said of each message that was tried; the others never began.

    `away` says why the other side could not be reached at all, empty where it could.
    """

    said: dict[int, Said] = field(default_factory=dict)
    away: str = ""


class UnderWay:
    """A lot that is being handed in, while whoever began it does something else."""

    def __init__(
        self,
        messages: Iterable[Outgoing],
        ways: Sequence[Way],
        journal: Journal,
        *,
        within_s: float,
    ) -> None:
        """Begin. What was not begun `within_s` seconds from now is not begun at all."""
        self.journal = journal
        self._handed = Handed()
        self._messages = iter(messages)
        self._turn = threading.Lock()
        self._until = time.monotonic() + within_s
        self._threads = [
            threading.Thread(target=self._work, args=(way,), name="mailing") for way in ways
        ]
        for thread in self._threads:
            thread.start()

    def wait(self) -> Handed:
        """Until all of it was handed in, or could not be."""
        for thread in self._threads:
            thread.join()
        return self._handed

    def _next(self) -> Outgoing | None:
        with self._turn:
            if self._handed.away or time.monotonic() > self._until:
                return None
            return next(self._messages, None)

    def _work(self, way: Way) -> None:
        try:
            while (message := self._next()) is not None:
                self._hand_in(way, message)
        except Away as problem:
            self._handed.away = str(problem)[:300] or "away"
        except Exception as problem:
            # Such as a journal that can't be written: nothing goes out that nobody could account for.
            log.exception("a lot was broken off")
            self._handed.away = said_of(problem)

    def _hand_in(self, way: Way, message: Outgoing) -> None:
        begun = False

        def begin() -> None:
            nonlocal begun
            self.journal.begin(message.key)
            begun = True

        try:
            said = way.hand_in(message, begin)
        except Away:
            raise
        except Exception as problem:
            log.exception("message %s could not be handed in", message.key)
            said = Said(UNSURE if begun else WAITING, said_of(problem))
        self._handed.said[message.key] = said
        if begun:
            self.journal.done(message.key, said)
