"""End employments, or move a last day that was said before."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.granting import put_right_at_end
from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import LATEST, MANAGE
from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.errors_people import NotEmployed, Overlap
from kantoor.departments.hr.events import EmploymentEnded
from kantoor.departments.hr.models import Employment
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


@action(permission=MANAGE, title=_("End employments"), bulk_of="hr.end_employment")
def end_employments(actor: Actor, /, *, ends: Sequence[EndDraft]) -> None:
    """Say the last day of people, all or none; said again with another day, that one holds.

    Raises Refusals with a message for each row: UnknownEmployee, NotEmployed on that day, Overlap
    where a later employment has begun.
    """
    found = Findings()
    known = known_codes(actor, [each.employee for each in ends])
    rows = _employments(actor, {key for key, _subject in known.employees.values()})
    changed: dict[int, Employment] = {}
    told = []
    for line, each in enumerate(ends, 1):
        party = known.employee(each.employee, found, line)
        if each.last_day > LATEST:
            message = _("Check the last day: it lies after 2199.")
            found.add(InvalidInput(message, field="last_day", line=line))
        if party is None:
            continue
        said = {row.pk for row in rows.get(party, []) if row.ends_on is not None}
        row = _ended(rows.get(party, []), each, line, found)
        if row is not None:
            changed[row.pk] = row
            code = each.employee.strip()
            told.append(
                EmploymentEnded(
                    actor.company_id, party, row.pk, code, each.last_day, row.pk in said
                )
            )
    found.refuse()
    fields = ("ends_on", "end_reason", "end_recorded_at")
    if changed:
        Employment.objects.bulk_update(changed.values(), fields)
        parties = {row.party_id for row in changed.values()}
        put_right_at_end(actor, parties, {each.last_day.year for each in told})
    for event in told:
        publish(event)
    if len(changed) == 1:
        concerns(f"kernel.party/{told[0].party_id}")


@action(permission=MANAGE, title=_("End an employment"))
def end_employment(actor: Actor, /, *, end: EndDraft) -> None:
    """Say the last day of one employee."""
    end_employments(actor, ends=[end])


def _employments(actor: Actor, parties: set[int]) -> dict[int, list[Employment]]:
    """The employments of these people, the latest first."""
    rows = Employment.objects.select_for_update().filter(company_id=actor.company_id)
    if len(parties) <= 1000:
        rows = rows.filter(party_id__in=parties)
    found: dict[int, list[Employment]] = {}
    for row in rows.order_by("-starts_on"):
        if row.party_id in parties:
            found.setdefault(row.party_id, []).append(row)
    return found


def _ended(
    rows: Sequence[Employment], draft: EndDraft, line: int, found: Findings
) -> Employment | None:
    """The employment that ends, unless it does so already."""
    begun = [row for row in rows if row.starts_on <= draft.last_day]
    if not begun:
        message = _("This employee does not work here on that day.")
        found.add(NotEmployed(message, field="last_day", line=line))
        return None
    row = begun[0]
    later = rows.index(row) > 0
    if later and (row.ends_on is None or draft.last_day > row.ends_on):
        message = _("A later employment has begun; end that one.")
        found.add(Overlap(message, field="last_day", line=line))
        return None
    if (row.ends_on, row.end_reason) == (draft.last_day, draft.reason):
        return None
    row.ends_on, row.end_reason = draft.last_day, draft.reason
    row.end_recorded_at = timezone.now()
    return row
