"""What came of a job, as its page tells it; who declares a job may say so.

@result_of("kernel.take_in_file")
def taken_in(actor: Actor, result: bytes) -> Told: ...
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.words import words_of
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Document, Fact


@dataclass(frozen=True, kw_only=True)
class Told:
    """The result in facts and a table, with where to go on; `file` can be fetched."""

    facts: Sequence[Fact] = ()
    document: Document | None = None
    acts: Sequence[Act] = ()
    file: str = ""


Tell = Callable[[Actor, bytes], Told]
_tellers: dict[str, Tell] = {}


def result_of(job: str) -> Callable[[Tell], Tell]:
    """Say how the results of a job are told."""

    def note(tell: Tell) -> Tell:
        _tellers[job] = tell
        return tell

    return note


def told(actor: Actor, job: str, result: str) -> Told:
    """The result of a job: as its teller tells it, else its single values."""
    if not result or result == "null":
        return Told()
    if (tell := _tellers.get(job)) is not None:
        return tell(actor, result.encode())
    values = msgspec.json.decode(result.encode())
    if not isinstance(values, dict):
        return Told()
    plain = {n: v for n, v in values.items() if isinstance(v, (str, int)) and v != ""}
    return Told(
        facts=[Fact(str(words_of(job, name).label), value) for name, value in plain.items()]
    )
