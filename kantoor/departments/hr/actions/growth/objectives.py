"""Objectives: agreed, followed, and ended; by oneself, one's manager or HR."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.drafts_growth import ObjectiveDraft
from kantoor.departments.hr.errors_growth import UnknownObjective
from kantoor.departments.hr.errors_people import UnknownEmployee
from kantoor.departments.hr.models import Objective
from kantoor.departments.hr.models.growth.review import DROPPED, OPEN, REACHED
from kantoor.departments.hr.queries.growth.reach import OWN, reach_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LENGTHS = {"title": 200, "measure": 500}


@action(permission=OWN, title=_("Set objectives"), bulk_of="hr.set_objective")
def set_objectives(actor: Actor, /, *, objectives: Sequence[ObjectiveDraft]) -> list[int]:
    """Set objectives of oneself or one's people, as HR of anybody; all or none. Gives their keys.

    Raises UnknownEmployee for who is none of these, InvalidInput.
    """
    reach = reach_of(actor)
    known = known_codes(actor, [each.employee for each in objectives]).employees
    now, fresh = timezone.now(), []
    for place, each in enumerate(objectives, 1):
        party, subject = known.get(each.employee.strip(), (0, None))
        if not party or not reach.sees(party):
            message = _("“{code}” is neither you nor one of your people.")
            said = message.format(code=each.employee[:40])
            raise UnknownEmployee(said, field="employee", line=place)
        if not each.title.strip():
            raise InvalidInput(_("Say what is to be reached."), field="title", line=place)
        for name, most in LENGTHS.items():
            if len(getattr(each, name)) > most:
                long = _("Say it in at most {most} characters.").format(most=most)
                raise InvalidInput(long, field=name, line=place)
        fresh.append(
            Objective(
                subject_id=subject, company_id=actor.company_id, party_id=party, set_at=now,
                title=each.title.strip(), measure=each.measure.strip(), due_on=each.due_on,
            )
        )  # fmt: skip
    made = [row.pk for row in Objective.objects.bulk_create(fresh)]
    if len({row.party_id for row in fresh}) == 1:
        concerns(f"kernel.party/{fresh[0].party_id}")
    return made


@action(permission=OWN, title=_("Set an objective"))
def set_objective(actor: Actor, /, *, objective: ObjectiveDraft) -> int:
    """Set one objective of oneself or of somebody whom one manages."""
    return set_objectives(actor, objectives=[objective])[0]


@action(permission=OWN, title=_("Note progress"))
def note_progress(actor: Actor, /, *, objective: int, progress: int, note: str = "") -> None:
    """Say how far an objective is, in whole percent, with a note in place of the one before.

    Raises UnknownObjective, InvalidInput.
    """
    if not 0 <= progress <= 100:
        raise InvalidInput(_("Give 0 to 100 percent."), field="progress")
    if len(note) > 1000:
        raise InvalidInput(
            _("Say it in at most {most} characters.").format(most=1000), field="note"
        )
    row = _locked(actor, [objective])[0]
    row.progress, row.note = progress, note.strip()
    row.save()
    concerns(f"kernel.party/{row.party_id}")


@action(permission=OWN, title=_("End objectives"))
def end_objectives(actor: Actor, /, *, objectives: Sequence[int], reached: bool = True) -> None:
    """End objectives that were reached, or that no longer matter. Raises UnknownObjective."""
    rows = _locked(actor, objectives)
    now = timezone.now()
    for row in rows:
        row.state, row.ended_at = (REACHED if reached else DROPPED), now
        if reached:
            row.progress = 100
    Objective.objects.bulk_update(rows, ["state", "ended_at", "progress"])


def _locked(actor: Actor, keys: Sequence[int]) -> list[Objective]:
    reach = reach_of(actor)
    rows = scoped(actor, Objective).select_for_update().filter(pk__in=keys, state=OPEN)
    found = {row.pk: row for row in rows.order_by("pk") if reach.sees(row.party_id)}
    for place, key in enumerate(keys, 1):
        if key not in found:
            message = _("There is no such objective of you or your people, or it ended.")
            raise UnknownObjective(message, field="objectives", line=place)
    return list(found.values())
