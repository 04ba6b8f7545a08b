"""Instants in the form that rows hold them (see tables.py), on both databases alike."""

from datetime import UTC, datetime

FORM = "%Y-%m-%d %H:%M:%S.%f"


def canonical(moment: datetime) -> str:
    """An aware moment as a row holds it, in UTC."""
    # Ten times as fast as strftime, which every row with a moment would wait for.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def now() -> str:
    """The present moment as a row holds it."""
    return canonical(datetime.now(UTC))
