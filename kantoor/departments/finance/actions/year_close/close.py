"""Close a fiscal year: its result goes to equity, and its periods are closed for good.

Only balances are read, so it takes as long for a year of a million lines as for one of a hundred.
Balance sheet accounts go on by themselves; how reports show closed and other years alike is in
docs/decisions/0010 and 0056.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import (
    Calendar,
    lock_company,
    open_calendar_year,
    opens_on_demand,
)
from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.drafts_books import YearClosed
from kantoor.departments.finance.errors import YearNotClosable
from kantoor.departments.finance.models import FiscalYear, Period, YearClose
from kantoor.departments.finance.queries.closing.closed_years import live_closes, results_held
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import Conflict, NotFound
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.raw import on_postgres, run

ORIGIN = "finance.year_close/"
"""How the origin of the entries begins that close and open years."""


class ClosingCalendar(Calendar):
    """The calendar as the closing of a year sees it, which posts in closed periods too."""

    def _takes(self, state: str) -> bool:
        return bool(state)


@action(permission="finance.close_year", title=_("Close a fiscal year"))
def close_year(actor: Actor, /, *, year: str) -> YearClosed:
    """Take a year's result to equity, bring it to retained earnings in the next, and close it.

    The closing entry is of the last day, in the closing journal; on the first day of the next
    year an opening entry takes the result for the year to retained earnings. All periods are
    closed for good. Raises NotFound, Conflict for a year that is closed, YearNotClosable for one
    that has not ended or whose year before is still open.
    """
    lock_company(actor.company_id)
    years = list(scoped(actor, FiscalYear).order_by("starts_on"))
    found = next((each for each in years if each.code == year), None)
    if found is None:
        raise NotFound(_("There is no fiscal year {year}.").format(year=year[:20]), field="year")
    closes = live_closes(actor.company_id)
    held = results_held(actor, years)
    _check(actor, found, years, closes, held)
    _lock_periods(found)
    following = _following(actor, found)
    closing, result = _closing(actor, found, held[found.pk])
    calendar = ClosingCalendar(actor)
    keys: list[int | None] = [None, None]
    entries = [closing, _opening(actor, found, following, result)] if closing else []
    written = (
        write_entries(actor, [each for each in entries if each], (), calendar).keys
        if entries
        else range(0)
    )
    keys[: len(written)] = written
    close = YearClose.objects.create(
        company_id=actor.company_id, year=found, entry_id=keys[0], opening_id=keys[1], result=result
    )
    Period.objects.filter(year=found).exclude(state="hard").update(state="hard")
    concerns(f"finance.year_close/{close.pk}")
    numbers = entry_numbers([key for key in keys if key])
    return YearClosed(
        year=year,
        result=result,
        entry=numbers.get(keys[0] or 0, ""),
        opening=numbers.get(keys[1] or 0, ""),
    )


def _check(
    actor: Actor,
    year: FiscalYear,
    years: list[FiscalYear],
    closes: dict[int, YearClose],
    held: dict[int, dict[int, int]],
) -> None:
    if year.pk in closes:
        raise Conflict(_("{year} is closed already.").format(year=year.code), field="year")
    if today_of(actor) <= year.ends_on:
        message = _("{year} ends on {date}; close it after that.")
        raise YearNotClosable(message.format(year=year.code, date=year.ends_on), field="year")
    for before in years:
        if before.starts_on < year.starts_on and before.pk not in closes and held[before.pk]:
            message = _("{before} is not closed yet; close that first.")
            raise YearNotClosable(message.format(before=before.code), field="year")


def _lock_periods(year: FiscalYear) -> None:
    """Wait for those who post in the year, and let others wait until it is closed."""
    if on_postgres():
        run("SELECT id FROM finance_period WHERE year_id = %s FOR UPDATE", [year.pk])


def _following(actor: Actor, year: FiscalYear) -> date | None:
    """The first day of the next year, opened where calendar years open by themselves."""
    first = year.ends_on + DAY
    years = scoped(actor, FiscalYear)
    if years.filter(starts_on__lte=first, ends_on__gte=first).exists():
        return first
    if not opens_on_demand(actor.company_id):
        message = _("The year after {year} is not open; open it first.")
        raise YearNotClosable(message.format(year=year.code), field="year")
    open_calendar_year(actor.company_id, first.year)
    return first


def _closing(actor: Actor, year: FiscalYear, held: dict[int, int]) -> tuple[ReadyEntry | None, int]:
    """The entry that takes income and expenses to the result for the year, and that result."""
    result = -sum(held.values())
    if not held:
        return None, 0
    own = actor.currency
    account = account_with_role(accounts_by_role(actor.company_id), "result_for_year")
    lines = [ReadyLine(key, -net, own, -net, None, 0, "") for key, net in sorted(held.items())]
    if result:
        lines.append(ReadyLine(account, -result, own, -result, None, 0, ""))
    text = str(_("Closing of {year}").format(year=year.code))
    journal = journal_of_kind(actor.company_id, "closing")
    on = year.ends_on.isoformat()
    return ReadyEntry(journal, on, text, year.code, f"{ORIGIN}{year.pk}", None, lines), result


def _opening(actor: Actor, year: FiscalYear, first: date | None, result: int) -> ReadyEntry | None:
    """The entry that takes the result for the year to retained earnings in the next."""
    if not result or first is None:
        return None
    own, roles = actor.currency, accounts_by_role(actor.company_id)
    lines = [
        ReadyLine(account_with_role(roles, role), amount, own, amount, None, 0, "")
        for role, amount in (("result_for_year", result), ("retained_earnings", -result))
    ]
    text = str(_("Result of {year} to retained earnings").format(year=year.code))
    journal = journal_of_kind(actor.company_id, "opening")
    return ReadyEntry(
        journal, first.isoformat(), text, year.code, f"{ORIGIN}{year.pk}", None, lines
    )
