"""Whether hours can be: within an employment, of at most a day, on what exists."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.errors_times import NotEmployedThen, TooManyHours
from kantoor.departments.hr.models import HourLine
from kantoor.departments.hr.models.times.sheets import DAY_MINUTES
from kantoor.departments.hr.queries.people.terms import Terms, terms_between
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

PROJECT = "project"
"""The dimension of finance whose values are projects."""
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
ASKED_BY_KEY = 500


class Entry(NamedTuple):
    """Minutes as they were handed in; `line` and `field` are where, for messages."""

    line: int
    field: str
    party: int
    day: date
    minutes: int
    project: str
    customer: str
    billable: bool
    text: str


def customers_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, int]:
    """The keys of parties by code, in one statement."""
    wanted = {code for code in codes if code}
    found = scoped(actor, Party).filter(erased_at=None)
    if len(wanted) <= ASKED_BY_KEY:
        found = found.filter(code__in=wanted)
    return dict(found.values_list("code", "pk")) if wanted else {}


def check(
    actor: Actor, entries: Sequence[Entry], *, replaced: Sequence[int] = ()
) -> dict[str, int]:
    """Refuse what can't be, all of it with its place; gives the keys of customers by code.

    `replaced` are sheets whose lines make way for these. Raises InvalidInput, NotFound,
    NotEmployedThen, TooManyHours, or Refusals with many of them.
    """
    found = Findings()
    customers = customers_by_code(actor, (each.customer for each in entries))
    projects = dimension_values(actor.company_id, PROJECT)
    for each in entries:
        _check_words(found, each, customers, projects)
    within = [each for each in entries if FIRST <= each.day <= LAST]
    if within:
        first, last = min(each.day for each in within), max(each.day for each in within)
        parties = {each.party for each in within}
        _check_terms(found, within, terms_between(actor.company_id, first, last, parties))
        _check_days(found, within, _booked(actor, parties, first, last, replaced))
    found.refuse()
    return customers


def _check_words(
    found: Findings, each: Entry, customers: Mapping[str, int], projects: Mapping[str, str]
) -> None:
    if not FIRST <= each.day <= LAST:
        found.add(InvalidInput(_("Give a day of this century."), field="day", line=each.line))
    if not 0 < each.minutes <= DAY_MINUTES:
        message = _("Give from 1 minute to 24 hours.")
        found.add(InvalidInput(message, field=each.field, line=each.line))
    if each.project and each.project not in projects:
        unknown = _("There is no project “{code}” in use.").format(code=each.project[:30])
        found.add(NotFound(unknown, field="project", line=each.line))
    if each.customer and each.customer not in customers:
        nobody = _("There is no customer “{code}”.").format(code=each.customer[:40])
        found.add(NotFound(nobody, field="customer", line=each.line))
    if each.billable and not each.customer:
        message = _("Say which customer pays these hours.")
        found.add(InvalidInput(message, field="customer", line=each.line))
    if len(each.text) > 200 or "\0" in each.text:
        message = _("Say it in at most 200 characters.")
        found.add(InvalidInput(message, field="text", line=each.line))


def _check_terms(
    found: Findings, entries: Sequence[Entry], terms: Mapping[int, Sequence[Terms]]
) -> None:
    for each in entries:
        if not any(some.start <= each.day <= some.end for some in terms.get(each.party, ())):
            message = _("On {day} there is no employment to write hours for.")
            said = message.format(day=each.day.isoformat())
            found.add(NotEmployedThen(said, field=each.field, line=each.line))


def _check_days(
    found: Findings, entries: Sequence[Entry], booked: Mapping[tuple[int, date], int]
) -> None:
    """Told once for each day, at the line that goes beyond it."""
    total = Counter(booked)
    told = set()
    for each in entries:
        key = (each.party, each.day)
        total[key] += max(each.minutes, 0)
        if total[key] > DAY_MINUTES and key not in told:
            told.add(key)
            message = _("{day} has more than 24 hours this way.")
            said = message.format(day=each.day.isoformat())
            found.add(TooManyHours(said, field=each.field, line=each.line))


def _booked(
    actor: Actor, parties: set[int], first: date, last: date, replaced: Sequence[int]
) -> dict[tuple[int, date], int]:
    """The minutes there are already by person and day."""
    rows = scoped(actor, HourLine).filter(day__range=(first, last))
    if len(parties) <= ASKED_BY_KEY:
        rows = rows.filter(party__in=parties)
    if replaced:
        rows = rows.exclude(sheet__in=replaced)
    sums = rows.order_by().values_list("party_id", "day").annotate(Sum("minutes"))
    return {(party, day): minutes for party, day, minutes in sums if party in parties}
