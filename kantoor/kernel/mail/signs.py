"""What a message says of where it belongs: tokens in addresses, what it answers, numbers it names.

How far each may be trusted is for who asks: a token is signed, a Message-ID of ours can't be
guessed, one of others may be, and a number everybody can quote.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailIn, MailOut
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tokens import thread_of
from kantoor.kernel.queries import scoped

MOST_CARRIED, MOST_NUMBERS = 20, 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What one message says: things by token, Message-IDs that it answers, numbers of its subject."""

    tokens: tuple[int, ...]
    answers: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What many messages say: their signs, and the things of the Message-IDs that they answer.

    `ours` are those that we sent, `theirs` those that came in; each by Message-ID.
    """

    signs: list[Signs]
    ours: dict[str, int]
    theirs: dict[str, int]

    @property
    def keys(self) -> set[int]:
        """Every thing that is named by token or by what is answered."""
        tokens = {key for sign in self.signs for key in sign.tokens}
        return tokens | {*self.ours.values(), *self.theirs.values()}

    @property
    def numbers(self) -> set[int]:
        """Every number that is named."""
        return {number for sign in self.signs for number in sign.numbers}


def named_in(
    actor: Actor, messages: Sequence[Message], *, letter: str, about: str, number: re.Pattern[str]
) -> Named:
    """What messages name of one kind of thing, in two statements.

    `letter` is that of its tokens, `about` how mail says what it is about (`ict.case/`), `number`
    finds its number in a subject as its first group.
    """
    signs = [_signs(actor, message, letter, number) for message in messages]
    answered = {each for sign in signs for each in sign.answers}
    return Named(
        signs,
        _about(scoped(actor, MailOut), answered, about),
        _about(scoped(actor, MailIn), answered, about),
    )


def _signs(actor: Actor, message: Message, letter: str, number: re.Pattern[str]) -> Signs:
    threads = [thread_of(address, actor.company_id) for address in message.delivered_to]
    carried = [part for part in message.top.walk() if part is not message.top][:MOST_CARRIED]
    named = [part.headers.get("message-id").strip(" <>") for part in carried]
    return Signs(
        tuple(each.thing for each in threads if each is not None and each.letter == letter),
        tuple(dict.fromkeys([*message.answers, *(each for each in named if each)])),
        tuple(int(digits) for digits in number.findall(message.subject)[:MOST_NUMBERS]),
    )


def _about(
    rows: "QuerySet[MailIn] | QuerySet[MailOut]", message_ids: Collection[str], about: str
) -> dict[str, int]:
    """The things that messages with these identifiers are about."""
    if not message_ids:
        return {}
    known = rows.filter(message_id__in=message_ids, about__startswith=about)
    pairs: Iterable[tuple[str, str]] = known.values_list("message_id", "about")
    return {message_id: int(said.removeprefix(about)) for message_id, said in pairs}
