"""To which question a message belongs: by token, by thread, by number only for who asked it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kantoor.departments.communication.models import Question
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailIn, MailOut
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tokens import thread_of
from kantoor.kernel.queries import scoped

ABOUT = "communication.question/"
LETTER = "q"
"""The letter of questions in tokens."""
_NUMBER = re.compile(r"\bQ-(\d{4,9})\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Signs:
    tokens: tuple[int, ...]
    answers: tuple[str, ...]
    numbers: tuple[int, ...]


def places(actor: Actor, messages: Sequence[Message]) -> list[Question | None]:
    """The question that each message belongs to; many at once, in a fixed number of statements.

    A token is signed, and a Message-ID of ours can't be guessed; those of others and numbers can,
    so by these only who asked a question gets into it.
    """
    signs = [_signs(actor, message) for message in messages]
    answered = {each for sign in signs for each in sign.answers}
    ours = _about(scoped(actor, MailOut), answered)
    theirs = _about(scoped(actor, MailIn), answered)
    keys = {key for sign in signs for key in sign.tokens} | {*ours.values(), *theirs.values()}
    numbers = {number for sign in signs for number in sign.numbers}
    rows = scoped(actor, Question).select_related("contact")
    by_key = {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
    by_number = {row.number: row for row in rows.filter(number__in=numbers)} if numbers else {}
    found = []
    for sign, message in zip(signs, messages, strict=True):
        sure = [by_key.get(key) for key in sign.tokens]
        sure += [by_key.get(ours.get(each, 0)) for each in sign.answers]
        named = [by_key.get(theirs.get(each, 0)) for each in sign.answers]
        named += [by_number.get(number) for number in sign.numbers]
        asked = [row for row in named if row is not None and row.address == message.sender.address]
        found.append(next((row for row in [*sure, *asked] if row is not None), None))
    return found


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
    if not message_ids:
        return {}
    known = rows.filter(message_id__in=message_ids, about__startswith=ABOUT)  # type: ignore[attr-defined]
    pairs = known.values_list("message_id", "about")
    return {message_id: int(about.removeprefix(ABOUT)) for message_id, about in pairs}
