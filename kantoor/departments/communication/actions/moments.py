"""Moments that are handed in: each says its zone, since nine o'clock is nowhere the same moment."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput


def refuse_without_zone(*moments: datetime | None, field: str, line: int | None = None) -> None:
    """Refuse a moment without a zone; forms give that of who fills them in."""
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        message = _("Give the moment with its time zone, as 2011-01-31T09:00:00+01:00.")
        raise InvalidInput(message, field=field, line=line)
