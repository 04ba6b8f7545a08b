"""The question how somebody was helped: its address, and what it shows to who has that."""

import hmac
import re

import msgspec
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, CaseOpinion
from kantoor.departments.ict.models.cases.case import CLOSED, DONE
from kantoor.departments.ict.models.catalogue.requests import WITHDRAWN
from kantoor.departments.ict.queries.cases.merged import goes_on_as
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.tokens import Thread, token
from kantoor.kernel.queries import query, scoped

LETTER = "o"
"""The letter of opinions in tokens."""
_TOKEN = re.compile(r"o([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.[a-z2-7]{16}")


class OpinionAsked(msgspec.Struct, frozen=True):
    """What is asked of a case, with what was answered; 0 is nothing yet.

    `may_say` tells whether it can be answered, or changed; `open` that it is worked on (again).
    """

    number: str
    score: int
    text: str
    may_say: bool
    open: bool = False


def opinion_token(case: Case) -> str:
    """The token of the question about a case to who asked: signed, and always the same."""
    assert case.requester_id is not None, "nobody is asked"
    return token(case.company_id, Thread(LETTER, case.pk, case.requester_id))


def opinion_path(case: Case) -> str:
    """The path of the page with the question."""
    return f"/ict/opinion/{case.company_id}/{opinion_token(case)}"


def opinion_address(case: Case) -> str:
    """The whole address, for mail; empty where nobody said what ours is (KANTOOR_ADDRESS)."""
    return f"{settings.ADDRESS}{opinion_path(case)}" if settings.ADDRESS else ""


def cases_of_token(company_id: int, shown: str) -> QuerySet[Case]:
    """The case that a token is of; none where it is not ours, or of somebody who did not ask it.

    Nor where what is known of that person was erased: then there is nobody who could answer.
    """
    found = _TOKEN.fullmatch(shown)
    key, person = (int(found[1], 36), int(found[2], 36)) if found else (0, 0)
    if not (0 < key < 2**63 and 0 < person < 2**63):
        return Case.objects.none()
    ours = token(company_id, Thread(LETTER, key, person))
    if not hmac.compare_digest(ours.encode(), shown.encode()):
        return Case.objects.none()
    return Case.objects.filter(
        company_id=company_id, pk=key, requester=person, requester__erased_at=None
    )


def opinion_asked(company_id: int, shown: str) -> OpinionAsked | None:
    """What is asked at an address. No permission is asked: the token was shown."""
    case = cases_of_token(company_id, shown).first()
    return _asked(case) if case else None


@query(permission="ict.ask_help", title=_("My opinion of a case"))
def my_opinion(actor: Actor, /, *, number: str) -> OpinionAsked | None:
    """What one said oneself of how one was helped; None where it is not one's own case."""
    mine = scoped(actor, Case).filter(requester__signs_in__user_id=actor.user_id or 0)
    case = mine.filter(number=read_number(number) or 0).first()
    return _asked(case) if case else None


def was_solved(case: Case) -> bool:
    """Whether there is anything to say of it: not of what was withdrawn, or goes on as another."""
    return case.state in DONE and case.resolution_code != WITHDRAWN and not goes_on_as([case])


def _asked(case: Case) -> OpinionAsked:
    said = CaseOpinion.objects.filter(case=case).first()
    may = was_solved(case) and not (said is not None and case.state == CLOSED)
    score, text = (said.score, said.text) if said else (0, "")
    return OpinionAsked(str(case), score, text, may, case.is_open)
