"""Messages of a department that wait: to be placed, or, once held, for somebody to decide on them.

Called inside a department's action; all of it keeps to mail that came in for that department.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, NotFound
from kantoor.kernel.files.files import open_file
from kantoor.kernel.mail.models import HELD, IGNORED, NEW, MailIn
from kantoor.kernel.mail.reading.message import Message, read_message
from kantoor.kernel.queries import scoped

FAILED = "failed"
"""Why a message is held that could not be placed."""
Read = tuple[MailIn, Message]


def not_placed(actor: Actor, purpose: str, keys: Sequence[int]) -> list[Read]:
    """Those of these messages that were kept and not yet placed, locked, as they came in."""
    rows = _locked(actor, purpose, keys).filter(state=NEW)
    return _read(actor, list(rows.select_related("file", "mailbox").order_by("pk")))


def undecided(
    actor: Actor, purpose: str, keys: Sequence[int], *, refuse: type[DomainError]
) -> list[Read]:
    """These messages, locked, each once, in the order they are named.

    Raises NotFound, and `refuse` for one that was dealt with already.
    """
    found = _locked(actor, purpose, keys).select_related("file").in_bulk()
    for place, key in enumerate(keys, 1):
        if key not in found:
            raise NotFound(_("There is no such mail."), field="mails", line=place)
        if found[key].state not in (HELD, IGNORED):
            message = _("This mail is not held; it was dealt with already.")
            raise refuse(message, field="mails", line=place)
    return _read(actor, [found[key] for key in dict.fromkeys(keys)])


def decide(rows: Sequence[MailIn]) -> int:
    """Write what was decided on messages; gives how many they are."""
    MailIn.objects.bulk_update(rows, ["state", "about"])
    return len(rows)


def hold(actor: Actor, purpose: str, keys: Sequence[int]) -> None:
    """Hold messages that could not be placed, so that a person looks at them."""
    rows = list(_locked(actor, purpose, keys).filter(state=NEW))
    for row in rows:
        row.state, row.held_for = HELD, FAILED
    MailIn.objects.bulk_update(rows, ["state", "held_for"])


def _locked(actor: Actor, purpose: str, keys: Sequence[int]) -> "QuerySet[MailIn]":
    rows = scoped(actor, MailIn).select_for_update(of=("self",))
    return rows.filter(pk__in=keys, purpose=purpose)


def _read(actor: Actor, rows: Sequence[MailIn]) -> list[Read]:
    found = []
    for row in rows:
        with open_file(actor, row.file) as file:
            found.append((row, read_message(file.read())))
    return found
