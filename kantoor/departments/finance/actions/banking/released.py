"""Let go of statement lines whose entry was reversed: they are to be booked again."""

from collections.abc import Sequence

from kantoor.departments.finance.models import StatementLine


def release_lines(entries: Sequence[int]) -> None:
    """The lines that these reversed entries had booked have no entry any more."""
    for start in range(0, len(entries), 500):
        some = entries[start : start + 500]
        if StatementLine.objects.filter(entry_id__in=some).exists():
            StatementLine.objects.filter(entry_id__in=some).update(entry=None, how="")
