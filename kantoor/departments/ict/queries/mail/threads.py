"""To which case a message belongs: by token, by thread, and by number only for who takes part.

In that order, since a token is signed, a Message-ID of ours can't be guessed, a Message-ID of
others may be, and a number everybody can quote.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.queries.cases.merged import goes_on_as
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.signs import named_in
from kantoor.kernel.queries import scoped

CASE = "ict.case/"
LETTER = "c"
"""The letter of cases in tokens."""
_NUMBER = re.compile(r"\b(?:INC|REQ|PRB|CHG)-(\d{4,9})\b", re.IGNORECASE)

TOKEN, THREAD, QUOTED, NUMBER = "token", "thread", "quoted", "number"


@dataclass(frozen=True)
class Placed:
    """A case that a message points at; `how` says by what, and with it how far to trust it."""

    case: Case
    how: str
    merged: Case | None = None
    """The case that it names, where that was merged and goes on as `case`."""


def places(actor: Actor, messages: Sequence[Message]) -> list[Placed | None]:
    """The case that each message belongs to, or points at; many at once."""
    named = named_in(actor, messages, letter=LETTER, about=CASE, number=_NUMBER)
    cases = scoped(actor, Case).select_related("requester")
    by_key = {case.pk: case for case in cases.filter(pk__in=named.keys)}
    by_number = {case.number: case for case in cases.filter(number__in=named.numbers)}
    found: list[Placed | None] = []
    for sign in named.signs:
        options = [(by_key.get(key), TOKEN) for key in sign.tokens]
        options += [(by_key.get(named.ours.get(each, 0)), THREAD) for each in sign.answers]
        options += [(by_key.get(named.theirs.get(each, 0)), QUOTED) for each in sign.answers]
        options += [(by_number.get(number), NUMBER) for number in sign.numbers]
        found.append(next((Placed(case, how) for case, how in options if case), None))
    merged = goes_on_as(each.case for each in found if each)
    return [
        Placed(merged[each.case.pk], each.how, each.case)
        if each and each.case.pk in merged
        else each
        for each in found
    ]


def taking_part(cases: Sequence[Case]) -> dict[int, set[str]]:
    """The addresses that take part in each case: its requester's, and who came in by mail."""
    found: dict[int, set[str]] = {case.pk: set() for case in cases}
    emails = Case.objects.filter(pk__in=found).exclude(requester=None)
    for key, email in emails.values_list("pk", "requester__email"):
        if email:
            found[key].add(email.strip().lower())
    for key, address in Participant.objects.filter(case__in=found).values_list("case", "address"):
        if address:
            found[key].add(address)
    return found
