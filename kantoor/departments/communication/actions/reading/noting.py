"""Note what was done about readings: one step for each, never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from kantoor.departments.communication.models import ReadingAsked, ReadingStep
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailOut


def note_steps(
    actor: Actor,
    rows: Sequence[ReadingAsked],
    what: str,
    at: datetime,
    *,
    way: str = "",
    note: str = "",
    mails: Mapping[int, MailOut] | None = None,
    texts: Mapping[int, int] | None = None,
) -> None:
    """Note the same step of each of these; `mails` and `texts` (their rows) are by reading."""
    sent, read = mails or {}, texts or {}
    ReadingStep.objects.bulk_create(
        ReadingStep(
            reading=row, what=what, way=way, text_id=read.get(row.pk), mail=sent.get(row.pk),
            note=note[:200], at=at, user_id=actor.user_id,
        )
        for row in rows
    )  # fmt: skip
