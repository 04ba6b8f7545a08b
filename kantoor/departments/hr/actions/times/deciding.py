"""Decide on weeks that were handed in: managers for their people, HR for all; never one's own."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.times.finding import locked_sheets, refuse_own
from kantoor.departments.hr.drafts_times import HourCorrection
from kantoor.departments.hr.errors_times import OwnHours, SheetState, TooManyHours, UnknownSheet
from kantoor.departments.hr.models import HourLine, HourSheet
from kantoor.departments.hr.models.times.sheets import (
    APPROVED,
    DAY_MINUTES,
    REFUSED,
    SUBMITTED,
)
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.queries.times.days import minutes_of_days
from kantoor.departments.hr.queries.times.whose import hours_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

OWN, MANAGE = "hr.use_own", "hr.manage_time"
MOST_CORRECTIONS = 1_000


@action(permission=OWN, title=_("Approve hours"), bulk_of="hr.approve_sheet")
def approve_sheets(actor: Actor, /, *, sheets: Sequence[str]) -> None:
    """Approve weeks of people that one manages, or of anybody with the permission for it.

    From then on they change only by lines that take others back. Raises UnknownSheet, SheetState,
    OwnHours.
    """
    _decide(actor, sheets, APPROVED, "")


@action(permission=OWN, title=_("Approve hours of a week"))
def approve_sheet(actor: Actor, /, *, sheet: str) -> None:
    """Approve one week."""
    approve_sheets(actor, sheets=[sheet])


@action(permission=OWN, title=_("Send hours back"), bulk_of="hr.refuse_sheet")
def refuse_sheets(actor: Actor, /, *, sheets: Sequence[str], why: str) -> None:
    """Send weeks back to who wrote them, who may change them and hand them in again.

    Raises UnknownSheet, SheetState, OwnHours, InvalidInput without a reason.
    """
    if not 0 < len(why.strip()) <= 500:
        raise InvalidInput(_("Say why, in at most 500 characters."), field="why")
    _decide(actor, sheets, REFUSED, why.strip())


@action(permission=OWN, title=_("Send hours of a week back"))
def refuse_sheet(actor: Actor, /, *, sheet: str, why: str) -> None:
    """Send one week back."""
    refuse_sheets(actor, sheets=[sheet], why=why)


def _managed(actor: Actor) -> frozenset[int] | None:
    """The people on whose hours the actor decides; None is everybody."""
    return None if actor.may(MANAGE) else hours_of(actor)


def _decide(actor: Actor, numbers: Sequence[str], state: str, why: str) -> None:
    rows = locked_sheets(actor, numbers, [SUBMITTED], _managed(actor))
    refuse_own(actor, rows)
    now = timezone.now()
    for row in rows:
        row.state, row.why = state, why
        row.decided_at, row.decided_by_id = now, actor.user_id
    HourSheet.objects.bulk_update(rows, ["state", "why", "decided_at", "decided_by"])


@action(permission=OWN, title=_("Correct approved hours"))
def correct_hours(actor: Actor, /, *, corrections: Sequence[HourCorrection]) -> int:
    """Take approved lines back by opposite ones, and write them anew with other minutes.

    By who may approve them. Gives how many lines were written. What was invoiced or booked of
    them follows with the next invoice and the next booking of the month. Raises UnknownSheet,
    SheetState for a line that is not approved or was taken back, OwnHours, TooManyHours,
    InvalidInput.
    """
    keys = [each.line for each in corrections]
    if not 0 < len(keys) <= MOST_CORRECTIONS or len(set(keys)) < len(keys):
        message = _("Name 1 to {most} lines, each once.").format(most=MOST_CORRECTIONS)
        raise InvalidInput(message, field="line")
    found = _correctable(actor, keys)
    _refuse_beyond_days(actor, corrections, found)
    written = []
    for each in corrections:
        old = found[each.line]
        written.append(_copy(old, -old.minutes, old))
        if each.minutes:
            written.append(_copy(old, each.minutes, None))
    HourLine.objects.bulk_create(written)
    sheets = {row.sheet_id for row in found.values()}
    if len(sheets) == 1:
        concerns(f"hr.hour_sheet/{sheets.pop()}")
    return len(written)


def _correctable(actor: Actor, keys: Sequence[int]) -> dict[int, HourLine]:
    """Approved lines that were not taken back, of people on whose hours the actor decides."""
    managed, mine = _managed(actor), find_own_party(actor)
    # With their sheets: two who correct lines of one day come after each other.
    rows = scoped(actor, HourLine).select_for_update(of=("self", "sheet")).select_related("sheet")
    found = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    gone = set(HourLine.objects.filter(reverses__in=found).values_list("reverses", flat=True))
    for place, key in enumerate(keys, 1):
        row = found.get(key)
        if row is not None and mine is not None and row.party_id == mine.pk:
            message = _("These are your own hours; somebody else corrects them.")
            raise OwnHours(message, field="line", line=place)
        if row is None or (managed is not None and row.party_id not in managed):
            raise UnknownSheet(_("There is no such line of hours."), field="line", line=place)
        if row.sheet.state != APPROVED or row.reverses_id or key in gone:
            message = _("Only an approved line that was not taken back yet is corrected.")
            raise SheetState(message, field="line", line=place)
    return found


def _refuse_beyond_days(
    actor: Actor, corrections: Sequence[HourCorrection], found: dict[int, HourLine]
) -> None:
    findings = Findings()
    total = minutes_of_days(actor, {(row.party_id, row.day) for row in found.values()})
    for each in corrections:
        total[found[each.line].party_id, found[each.line].day] -= found[each.line].minutes
    for place, each in enumerate(corrections, 1):
        row = found[each.line]
        if not 0 <= each.minutes <= DAY_MINUTES:
            message = _("Give from no minute to 24 hours.")
            findings.add(InvalidInput(message, field="minutes", line=place))
            continue
        total[row.party_id, row.day] += each.minutes
        if total[row.party_id, row.day] > DAY_MINUTES:
            message = _("{day} has more than 24 hours this way.")
            said = message.format(day=row.day.isoformat())
            findings.add(TooManyHours(said, field="minutes", line=place))
    findings.refuse()


def _copy(old: HourLine, minutes: int, reverses: HourLine | None) -> HourLine:
    return HourLine(
        subject_id=old.subject_id,
        company_id=old.company_id,
        sheet_id=old.sheet_id,
        party_id=old.party_id,
        day=old.day,
        minutes=minutes,
        project=old.project,
        customer_id=old.customer_id,
        billable=old.billable,
        text=old.text,
        reverses=reverses,
    )
