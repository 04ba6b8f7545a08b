"""Note a call: the case it is about, the devices, and how it was solved where it was."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.devices import linked
from kantoor.departments.ict.actions.cases.moving import resolved
from kantoor.departments.ict.actions.cases.opening import HANDLE, opened
from kantoor.departments.ict.actions.cases.working import worked
from kantoor.departments.ict.drafts import CallDraft, CaseDraft, CaseOpened
from kantoor.departments.ict.drafts_work import WorkDraft
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor


@action(permission=HANDLE, title=_("Note calls"), bulk_of="ict.note_call")
def note_calls(actor: Actor, /, *, calls: Sequence[CallDraft]) -> list[CaseOpened]:
    """Note calls, each a case of its own with its devices; those with a solution are solved.

    What a call took is written down as time spent.

    Raises UnknownPerson, UnknownService, UnknownQueue, UnknownDevice, InvalidInput.
    """
    found = opened(
        actor,
        [
            CaseDraft(
                title=each.title,
                text=each.text,
                requester=each.caller,
                contact=each.contact,
                service=each.service,
                queue=each.queue,
                impact=each.impact,
                urgency=each.urgency,
                channel="phone",
            )
            for each in calls
        ],
    )
    pairs = zip(found, calls, strict=True)
    linked(actor, [(case.number, number) for case, call in pairs for number in call.devices])
    for case, call in zip(found, calls, strict=True):
        if call.solution.strip():
            resolved(actor, [case.number], text=call.solution)
    pairs = zip(found, calls, strict=True)
    worked(
        actor, [WorkDraft(case=c.number, minutes=call.minutes) for c, call in pairs if call.minutes]
    )
    if len(found) == 1:
        concerns(f"ict.case/{found[0].id}")
    return found


@action(permission=HANDLE, title=_("Note a call"))
def note_call(actor: Actor, /, *, call: CallDraft) -> CaseOpened:
    """Note one call."""
    return note_calls(actor, calls=[call])[0]
