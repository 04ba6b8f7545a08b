"""The mailboxes of a department are read, and what came in is put where it belongs.

A department says how its mail is kept, placed and held; each of these is an action of its own.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.fetching import read_mailbox
from kantoor.kernel.mail.models import NEW, Mailbox, MailIn
from kantoor.kernel.queries import scoped

log = logging.getLogger(__name__)
AT_ONCE = 50


class Keep(Protocol):
    """The action that keeps messages as they came."""

    def __call__(
        self, actor: Actor, /, *, contents: Sequence[bytes], mailbox_id: int | None
    ) -> object: ...


class Deal(Protocol):
    """An action that does something with messages that were kept."""

    def __call__(self, actor: Actor, /, *, mail_ids: Sequence[int]) -> object: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose mail it is (`purpose`), and what is done with it; `after` a mailbox was read."""

    purpose: str
    keep: Keep
    place: Deal
    hold: Deal
    after: Callable[[Actor, Mailbox], None] | None = None

    def any_mailbox(self) -> bool:
        """Whether there is a mailbox to be read."""
        return Mailbox.objects.filter(purpose=self.purpose, active=True).exists()

    def read(self, work: Work) -> int:
        """Read every mailbox and place what came in; gives how many messages came."""
        found = Mailbox.objects.filter(purpose=self.purpose, active=True)
        boxes = found.select_related("company").order_by("pk")
        count = 0
        for place, box in enumerate(boxes):
            work.progress(place, len(boxes), box.name)
            actor = console_actor(box.company)

            def keep(content: bytes, actor: Actor = actor, key: int = box.pk) -> None:
                self.keep(actor, contents=[content], mailbox_id=key)

            count += read_mailbox(box, keep).read
            self.place_new(actor)
            if self.after is not None:
                self.after(actor, box)
        return count

    def place_new(self, actor: Actor) -> int:
        """Put all that was kept and not yet placed where it belongs; one that fails is held."""
        waiting = scoped(actor, MailIn).filter(purpose=self.purpose, state=NEW).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            self._place(actor, keys[start : start + AT_ONCE])
        return len(keys)

    def _place(self, actor: Actor, keys: Sequence[int]) -> None:
        try:
            self.place(actor, mail_ids=keys)
        except Exception:
            log.exception("mail %s could not be placed at once", keys)
            if len(keys) == 1:
                self.hold(actor, mail_ids=keys)
                return
            for key in keys:
                self._place(actor, [key])
