"""Refuse what is there already: employments on the same days, national numbers of somebody else."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.errors_people import Overlap
from kantoor.kernel.errors import Conflict
from kantoor.kernel.store.lookup import fetch_of_keys

_EMPLOYMENTS = """SELECT party_id, starts_on, ends_on FROM hr_employment
    WHERE party_id IN ({})"""
_NUMBERS = """SELECT national_number, national_kind, party_id FROM hr_person_file
    WHERE company_id = %s AND national_number IN ({})"""

Owners = dict[tuple[str, str], int]
"""Whose a national number (kind, digits) is: a party, or the line of somebody new below nought."""


def refuse_overlaps(starts: Sequence[tuple[int | None, date, int]], found: Findings) -> None:
    """Refuse who begins while an employment of theirs runs, or before one that comes later."""
    held: dict[int, list[date | None]] = defaultdict(list)
    people = [party for party, _start, _line in starts if party]
    for party, _start, ends_on in fetch_of_keys(_EMPLOYMENTS, [], people):
        held[party].append(_day(ends_on))
    for party, start, line in starts:
        if any(end is None or end >= start for end in held.get(party or 0, ())):
            message = _("This employee works here on that day already; end that first.")
            found.add(Overlap(message, field="start", line=line))


def refuse_known_numbers(
    company_id: int,
    numbers: Sequence[tuple[str, str, int | None, int | None]],
    found: Findings,
    owners: Owners | None = None,
) -> None:
    """Refuse a national number (kind, digits, whose, line) that somebody else here has.

    `owners` remembers those of the lots before, where a list comes in several.
    """  # fmt: skip
    owners = {} if owners is None else owners
    told = [digits for _kind, digits, _party, _line in numbers if digits]
    for digits, kind, party in fetch_of_keys(_NUMBERS, [company_id], told):
        owners[kind, digits] = party
    for kind, digits, party, line in numbers:
        if not digits:
            continue
        who = party or -(line or 0)
        if owners.setdefault((kind, digits), who) != who:
            message = _("Somebody else has this number already; hire who comes back by theirs.")
            found.add(Conflict(message, field=kind, line=line))


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
