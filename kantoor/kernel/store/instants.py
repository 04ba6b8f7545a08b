"""Instants in the form that rows hold them (see tables.py), on both databases alike."""

from datetime import UTC, datetime

FORM = "%Y-%m-%d %H:%M:%S.%f"


def canonical(moment: datetime) -> str:
    """An aware moment as a row holds it, in UTC."""
    return moment.astimezone(UTC).strftime(FORM)


def now() -> str:
    """The present moment as a row holds it."""
    return datetime.now(UTC).strftime(FORM)
