"""Who takes part in a case by mail: somebody is added, or taken out."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import cases_by_number
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.errors import KnownAlready
from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.queries.mail.threads import taking_part
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.people import subjects_of
from kantoor.kernel.mail.reading.addresses import canonical


@action(permission=HANDLE, title=_("Add somebody to the mail of a case"))
def add_participant(actor: Actor, /, *, case: str, address: str, name: str = "") -> None:
    """Send somebody the answers of a case from now on; what they reply belongs to it.

    Raises UnknownCase, InvalidInput, KnownAlready.
    """
    (found,) = cases_by_number(actor, [case], field="case")
    wanted = canonical(address)
    if not wanted or "." not in wanted.rpartition("@")[2]:
        raise InvalidInput(_("Give an e-mail address."), field="address")
    if wanted in taking_part([found])[found.pk]:
        raise KnownAlready(_("This address takes part already."), field="address")
    Participant.objects.create(
        subject_id=subjects_of(actor, [wanted]).get(wanted),
        case=found,
        name=one_line(name)[:200],
        address=wanted,
        how="added",
        since=timezone.now(),
    )
    concerns(f"ict.case/{found.pk}")


@action(permission=HANDLE, title=_("Take somebody out of the mail of a case"))
def drop_participant(actor: Actor, /, *, case: str, address: str) -> None:
    """Send somebody no more of a case. Raises UnknownCase, NotFound."""
    (found,) = cases_by_number(actor, [case], field="case")
    rows = Participant.objects.filter(case=found, address=canonical(address))
    if not rows.exists():
        raise NotFound(_("This address takes no part."), field="address")
    rows.delete()
    concerns(f"ict.case/{found.pk}")
