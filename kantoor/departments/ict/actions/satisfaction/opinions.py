"""Say how one was helped: on one's own page, or by the address in the mail that said it is solved."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.cases.self_service import ASK, own_case
from kantoor.departments.ict.actions.cases.writing import Doing
from kantoor.departments.ict.errors import UnknownCase, WrongState
from kantoor.departments.ict.models import Case, CaseOpinion
from kantoor.departments.ict.models.cases.case import CLOSED
from kantoor.departments.ict.queries.satisfaction.asked import cases_of_token, was_solved
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

LONGEST = 4_000
"""Characters of what is said in one's own words."""


@action(permission=ASK, title=_("Say how you were helped"))
def give_opinion(actor: Actor, /, *, number: str, score: int, text: str = "") -> None:
    """Say how one was helped with one's own case, 1 (badly) to 5 (very well), and in words.

    It can be changed until the case is closed. Raises UnknownCase, InvalidInput, WrongState.
    """
    _say(actor, own_case(actor, number), score, text)


@action(permission=HANDLE, title=_("Take an opinion by its address"), hidden=True)
def take_opinion(actor: Actor, /, *, token: str, score: int, text: str = "") -> None:
    """The same for who asked and has the address of the question. Raises UnknownCase, too."""
    case = cases_of_token(actor.company_id, token).select_for_update(of=("self",)).first()
    if case is None:
        raise UnknownCase(_("There is nothing at this address."))
    _say(actor, case, score, text)


def _say(actor: Actor, case: Case, score: int, text: str) -> None:
    if not 1 <= score <= 5:
        raise InvalidInput(_("Choose from 1 (badly) to 5 (very well)."), field="score")
    if len(text) > LONGEST:
        message = _("This is longer than {most} characters.").format(most=LONGEST)
        raise InvalidInput(message, field="text")
    if not was_solved(case):
        raise WrongState(_("{number} is not solved yet.").format(number=case), field="number")
    doing, words = Doing(actor, "requester"), text.strip()
    said = CaseOpinion.objects.filter(case=case).first()
    if said is not None and (said.score, said.text) == (score, words):
        return
    if said is not None and case.state == CLOSED:
        closed = _("{number} is closed; what you said of it stays.").format(number=case)
        raise WrongState(closed, field="number")
    was = str(said.score) if said else ""
    said = said or CaseOpinion(
        company_id=actor.company_id, case=case, subject_id=case.subject_id, said_at=doing.at
    )
    said.score, said.text, said.changed_at = score, words, doing.at
    said.save()
    doing.note(case, "opinion", was, str(score), text=words)
    doing.finish()
