"""Who else of communication takes mail that comes in: bounces of mailings, and what is unsubscribed.

    @takes_mail
    def bounces_of_mailings(actor: Actor, arrived: Sequence[Arrived]) -> set[int]:
        "The keys of the messages that were dealt with; the others become questions or are held."

They are asked within the action that places the mail, of all its messages at once, before any of
them becomes a question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.kinds import Sort
from kantoor.kernel.mail.reading.message import Message


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that came in: its row, what it says, and what sort of message it is."""

    row: MailIn
    message: Message
    sort: Sort


Taker = Callable[[Actor, Sequence[Arrived]], set[int]]

_takers: list[Taker] = []


def takes_mail(taker: Taker) -> Taker:
    """Register who takes mail of communication."""
    if taker not in _takers:
        _takers.append(taker)
    return taker


def taken(actor: Actor, arrived: Sequence[Arrived]) -> set[int]:
    """The keys of the messages that somebody took; each is offered until one takes it."""
    done: set[int] = set()
    for taker in _takers:
        left = [each for each in arrived if each.row.pk not in done]
        if left:
            done |= taker(actor, left)
    return done
