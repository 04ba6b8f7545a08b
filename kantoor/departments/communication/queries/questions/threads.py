"""To which question a message belongs: by token, by thread, by number only for who asked it."""

import re
from collections.abc import Sequence

from kantoor.departments.communication.models import Question
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.signs import named_in
from kantoor.kernel.queries import scoped

ABOUT = "communication.question/"
LETTER = "q"
"""The letter of questions in tokens."""
_NUMBER = re.compile(r"\bQ-(\d{4,9})\b", re.IGNORECASE)


def places(actor: Actor, messages: Sequence[Message]) -> list[Question | None]:
    """The question that each message belongs to; many at once, in a fixed number of statements.

    A token is signed, and a Message-ID of ours can't be guessed; those of others and numbers can,
    so by these only who asked a question gets into it.
    """
    said = named_in(actor, messages, letter=LETTER, about=ABOUT, number=_NUMBER)
    keys, numbers = said.keys, said.numbers
    rows = scoped(actor, Question).select_related("contact")
    by_key = {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
    by_number = {row.number: row for row in rows.filter(number__in=numbers)} if numbers else {}
    found = []
    for sign, message in zip(said.signs, messages, strict=True):
        sure = [by_key.get(key) for key in sign.tokens]
        sure += [by_key.get(said.ours.get(each, 0)) for each in sign.answers]
        named = [by_key.get(said.theirs.get(each, 0)) for each in sign.answers]
        named += [by_number.get(number) for number in sign.numbers]
        asked = [row for row in named if row is not None and row.address == message.sender.address]
        found.append(next((row for row in [*sure, *asked] if row is not None), None))
    return found
