"""What an employee does themselves: ask for help, write to the desk, reopen or withdraw."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import LONGEST_TEXT
from kantoor.departments.ict.actions.cases.finding import in_state
from kantoor.departments.ict.actions.cases.moving import reopened
from kantoor.departments.ict.actions.cases.noting import noted
from kantoor.departments.ict.actions.cases.opening import opened
from kantoor.departments.ict.actions.cases.writing import Doing
from kantoor.departments.ict.drafts import CaseDraft, NoteDraft
from kantoor.departments.ict.errors import UnknownCase, UnknownPerson, WrongState
from kantoor.departments.ict.models import Case, CaseLink, ServiceRequest
from kantoor.departments.ict.models.cases.case import CLOSED, DONE, OPEN
from kantoor.departments.ict.models.catalogue.requests import ASKED, WITHDRAWN
from kantoor.departments.ict.queries.cases.merged import goes_on_as
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import PartyUser
from kantoor.kernel.queries import scoped

ASK = "ict.ask_help"


@action(permission=ASK, title=_("Ask ICT for help"))
def ask_question(actor: Actor, /, *, title: str, text: str = "", service: str = "") -> str:
    """Say what does not work or what is needed; gives the number of the case.

    Raises UnknownPerson when nobody has said which employee the actor is.
    """
    row = scoped(actor, PartyUser).filter(user_id=actor.user_id or 0).select_related("party")
    found = row.first()
    if found is None:
        message = _("It is not known yet which employee you are; ask an administrator.")
        raise UnknownPerson(message)
    draft = CaseDraft(
        title=title, text=text, service=service, requester=found.party.code, channel="page",
        by_machine=True,
    )  # fmt: skip
    return opened(actor, [draft])[0].number


@action(permission=ASK, title=_("Write to the desk"))
def write_to_desk(actor: Actor, /, *, number: str, text: str) -> None:
    """Write to the desk about one's own case; one that was solved is opened again by it.

    What is written about a case that was merged goes to the one it goes on as.
    """
    case = own_case(actor, number)
    into = goes_on_as([case]).get(case.pk)
    if into is not None:
        assert case.requester is not None
        text, case = f"{case.requester.name}:\n\n{text}" if text.strip() else "", into
    noted(actor, [NoteDraft(case=str(case), text=text, by_requester=True)])
    if case.state in DONE:
        reopened(actor, [str(case)], by_machine=True)


@action(permission=ASK, title=_("Withdraw a question"))
def withdraw_question(actor: Actor, /, *, number: str, why: str) -> None:
    """Take back one's own question or request; it is closed, and nobody has to decide on it.

    The desk reads why. Raises UnknownCase, InvalidInput without a reason, WrongState where it is
    solved already or other cases go on in it.
    """
    if not why.strip():
        raise InvalidInput(_("Say in a few words why."), field="why")
    if len(why) > LONGEST_TEXT:
        message = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(message, field="why")
    case = own_case(actor, number)
    in_state([case], OPEN)
    if CaseLink.objects.filter(target=case, ended_at=None).exists():
        said = _("Others wait for {number} too; write to the desk instead.").format(number=case)
        raise WrongState(said, field="number")
    doing = Doing(actor, "requester")
    case.resolved_at = case.closed_at = doing.at
    case.resolution, case.resolution_code = why.strip(), WITHDRAWN
    doing.move(case, CLOSED, text=why.strip())
    requests = ServiceRequest.objects.select_for_update().filter(case=case, state=ASKED)
    for request in requests:
        request.state, request.decided_at = WITHDRAWN, doing.at
        request.save(update_fields=["state", "decided_at"])
    doing.finish(
        "state", "waiting_for", "resolved_at", "closed_at", "resolution", "resolution_code"
    )


def own_case(actor: Actor, number: str) -> Case:
    """The actor's own case of this number, locked until the action ends; raises UnknownCase."""
    mine = scoped(actor, Case).filter(requester__signs_in__user_id=actor.user_id or 0)
    locked = mine.select_for_update(of=("self",)).select_related("requester")
    case = locked.filter(number=read_number(number) or 0).first()
    if case is None:
        message = _("There is no case “{number}”.").format(number=number[:40])
        raise UnknownCase(message, field="number")
    return case
