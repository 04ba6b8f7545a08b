"""Add notes to cases: internal ones, and answers that the requester may read."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import checked_note, own_files
from kantoor.departments.ict.actions.cases.finding import cases_by_number
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.cases.working import worked
from kantoor.departments.ict.actions.cases.writing import By, Doing
from kantoor.departments.ict.drafts import NoteDraft
from kantoor.departments.ict.drafts_work import WorkDraft
from kantoor.departments.ict.models.cases.case import ACTIVE, NEW, WAITING
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor


@action(permission=HANDLE, title=_("Add notes"), bulk_of="ict.add_note")
def add_notes(actor: Actor, /, *, notes: Sequence[NoteDraft]) -> list[int]:
    """Add notes to cases, all or none; gives the keys of their rows in the timelines.

    An answer to the requester takes a new case in hand; what the requester writes lets a case go
    on that waited for them. Raises UnknownCase or InvalidInput.
    """
    return noted(actor, notes)


@action(permission=HANDLE, title=_("Add a note"))
def add_note(actor: Actor, /, *, note: NoteDraft) -> int:
    """Add one note."""
    return add_notes(actor, notes=[note])[0]


def noted(actor: Actor, notes: Sequence[NoteDraft]) -> list[int]:
    """Add notes within an action that has asked its own permission."""
    if not notes:
        return []
    for place, each in enumerate(notes, 1):
        checked_note(each, place)
    own_files(actor, [file for each in notes for file in each.files])
    found = cases_by_number(actor, [each.case for each in notes], field="case")
    cases = {case.number: case for case in found}
    doing, places = Doing(actor), []
    for each in notes:
        case = cases[read_number(each.case) or 0]
        who: By = "requester" if each.by_requester else "machine" if each.by_machine else "person"
        places.append(len(doing.happened))
        doing.note(
            case, "note", public=each.public or each.by_requester, text=each.text,
            files=each.files, by=who,
        )  # fmt: skip
        if who == "requester" and (case.state, case.waiting_for) == (WAITING, "caller"):
            doing.move(case, ACTIVE)
            doing.happened[-1].by = who
        elif who == "person" and each.public and case.state == NEW:
            doing.move(case, ACTIVE)
    keys = doing.finish("state", "waiting_for")
    worked(
        actor, [WorkDraft(case=each.case, minutes=each.minutes) for each in notes if each.minutes]
    )
    return [keys[place] for place in places]
