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
from kantoor.kernel.mail.models import MailIn, MailOut
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tokens import thread_of
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


@dataclass(frozen=True)
class _Signs:
    """What a message says of where it belongs."""

    by_token: tuple[int, ...]
    answers: tuple[str, ...]
    numbers: tuple[int, ...]


def places(actor: Actor, messages: Sequence[Message]) -> list[Placed | None]:
    """The case that each message belongs to, or points at; many at once."""
    signs = [_signs(actor, message) for message in messages]
    answered = {each for sign in signs for each in sign.answers}
    ours = _about(scoped(actor, MailOut), answered)
    theirs = _about(scoped(actor, MailIn), answered)
    keys = {key for sign in signs for key in sign.by_token} | {*ours.values(), *theirs.values()}
    numbers = {number for sign in signs for number in sign.numbers}
    cases = scoped(actor, Case).select_related("requester")
    by_key = {case.pk: case for case in cases.filter(pk__in=keys)}
    by_number = {case.number: case for case in cases.filter(number__in=numbers)}
    found: list[Placed | None] = []
    for sign in signs:
        options = [(by_key.get(key), TOKEN) for key in sign.by_token]
        options += [(by_key.get(ours.get(each, 0)), THREAD) for each in sign.answers]
        options += [(by_key.get(theirs.get(each, 0)), QUOTED) for each in sign.answers]
        options += [(by_number.get(number), NUMBER) for number in sign.numbers]
        found.append(next((Placed(case, how) for case, how in options if case), None))
    merged = goes_on_as(each.case for each in found if each)
    return [
        Placed(merged[each.case.pk], each.how, each.case)
        if each and each.case.pk in merged
        else each
        for each in found
    ]


def _signs(actor: Actor, message: Message) -> _Signs:
    threads = [thread_of(address, actor.company_id) for address in message.delivered_to]
    carried = [part for part in message.top.walk() if part is not message.top][:20]
    named = [part.headers.get("message-id").strip(" <>") for part in carried]
    return _Signs(
        tuple(each.thing for each in threads if each is not None and each.letter == LETTER),
        tuple(dict.fromkeys([*message.answers, *(each for each in named if each)])),
        tuple(int(digits) for digits in _NUMBER.findall(message.subject)[:3]),
    )


def _about(rows: object, message_ids: set[str]) -> dict[str, int]:
    """The cases that messages with these identifiers belong to."""
    known = rows.filter(message_id__in=message_ids, about__startswith=CASE)  # type: ignore[attr-defined]
    pairs = known.values_list("message_id", "about") if message_ids else ()
    return {message_id: int(about.removeprefix(CASE)) for message_id, about in pairs}


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
