"""The question how somebody was helped: its address, and what it shows to who has that."""

import hmac
import re

import msgspec
from django.conf import settings
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
_CASE = re.compile(r"o([0-9a-z]{1,13})\.0\.[a-z2-7]{16}")


class OpinionAsked(msgspec.Struct, frozen=True):
    """What is asked of a case, with what was answered; 0 is nothing yet.

    `may_say` tells whether it can be answered, or changed; `open` that it is worked on (again).
    """

    number: str
    score: int
    text: str
    may_say: bool
    open: bool = False


def opinion_token(company_id: int, case_id: int) -> str:
    """The token of the question about a case: signed, and always the same."""
    return token(company_id, Thread(LETTER, case_id, 0))


def opinion_path(company_id: int, case_id: int) -> str:
    """The path of the page with the question."""
    return f"/ict/opinion/{company_id}/{opinion_token(company_id, case_id)}"


def opinion_address(company_id: int, case_id: int) -> str:
    """The whole address, for mail; empty where nobody said what ours is (KANTOOR_ADDRESS)."""
    path = opinion_path(company_id, case_id)
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else ""


def case_of_token(company_id: int, shown: str) -> int | None:
    """The key of the case that a token is of; None where it is not ours."""
    found = _CASE.fullmatch(shown)
    key = int(found[1], 36) if found else 0
    if not 0 < key < 2**63:
        return None
    ours = opinion_token(company_id, key)
    return key if hmac.compare_digest(ours.encode(), shown.encode()) else None


def opinion_asked(company_id: int, shown: str) -> OpinionAsked | None:
    """What is asked at an address. No permission is asked: the token was shown."""
    key = case_of_token(company_id, shown)
    case = Case.objects.filter(company_id=company_id, pk=key).first() if key else None
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
