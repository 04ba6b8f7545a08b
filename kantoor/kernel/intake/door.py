"""The one door for what the front office hands over: kept raw, then worked on, each thing once.

`receive` is called by the faces (files, HTTP) with a few hundred documents at a time: their raw
content is committed first, then `take_in` hands them to the departments and keeps what became of
each, in one transaction. A process that dies anywhere in between loses nothing: the same
documents again are the same events.
"""

from collections.abc import Iterator, Sequence
from itertools import count, groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from django.db import IntegrityError
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import caused_by
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, NotAllowed
from kantoor.kernel.intake import history
from kantoor.kernel.intake.incoming import (
    Handler,
    Incoming,
    Outcome,
    amount_of,
    handler_of,
)
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.raw import TAKE_IN, content_of, keep_raw

State = Literal["accepted", "duplicate", "rejected"]
Place = tuple[int, int]
TRIES = 3
"""How often a batch is tried that another process took part of at the same moment."""


class Verdict(NamedTuple):
    """What became of one document."""

    document: Incoming
    state: State
    outcome: Outcome


class Batch:
    """Documents under way to `take_in`; in the record they stand by the digests of their content.

    `places` says where the raw content of each is kept: its chunk, and its place in that.
    """

    def __init__(self, documents: Sequence[Incoming], places: Sequence[Place]) -> None:
        self.documents = documents
        self.places = places

    def __repr__(self) -> str:
        return b"".join([document.digest for document in self.documents]).hex()


def receive(
    actor: Actor, documents: Sequence[Incoming], *, form: str, file_id: int | None = None
) -> list[Verdict]:
    """Take in documents; gives what became of each, in their order.

    Everything is committed when this returns. What was accepted before with the same content is
    a duplicate; with other content it is refused (`intake.changed`). What was refused before is
    tried again.
    """
    for attempts in range(1, TRIES + 1):
        try:
            return _receive(actor, documents, form, file_id)
        except IntegrityError:
            # Another process took one of these in at the same moment: look again.
            if attempts == TRIES:
                raise
    raise AssertionError("not reached")


def _receive(
    actor: Actor, documents: Sequence[Incoming], form: str, file_id: int | None
) -> list[Verdict]:
    known = history.settled(actor, documents)
    fresh = [d for d in documents if d.digest not in known.get((d.source, d.event_id), ())]
    verdicts: dict[int, Verdict] = {}
    if fresh:
        batch = Batch(fresh, _kept(actor, fresh, form, file_id))
        verdicts = {id(each.document): each for each in work_on(actor, batch)}
    duplicate = Outcome()
    return [verdicts.get(id(d)) or Verdict(d, "duplicate", duplicate) for d in documents]


def _kept(
    actor: Actor, documents: Sequence[Incoming], form: str, file_id: int | None
) -> list[Place]:
    """Keep the raw content of documents, but for those whose content is kept already."""
    refused = history.refused(actor, documents)
    before = [refused.get((d.source, d.event_id)) for d in documents]
    kept = [
        each.place if each and each.digest == document.digest else None
        for each, document in zip(before, documents, strict=True)
    ]
    new = [d for d, place in zip(documents, kept, strict=True) if place is None]
    if not new:
        return [place for place in kept if place is not None]
    raw_id = keep_raw(
        actor, file_id=file_id, form=form, documents=len(new), content=content_of(new)
    )
    places = count()
    return [place or (raw_id, next(places)) for place in kept]


def work_on(actor: Actor, batch: Batch) -> list[Verdict]:
    """Take in documents whose raw content is kept."""
    with translation.override(actor.language):
        try:
            return take_in(actor, batch=batch)
        except _SomeRefused:
            return take_in(actor, batch=batch, one_by_one=True)


class _SomeRefused(Exception):
    """A department refused one of many: all is undone, to be done again with care."""


@action(permission=TAKE_IN, title=_("Take in front-office data"), hidden=True)
def take_in(actor: Actor, /, *, batch: Batch, one_by_one: bool = False) -> list[Verdict]:
    """Hand documents to their departments and keep what became of each.

    A document is taken as a whole or refused as a whole; one that is refused leaves the others
    as they are. That takes savepoints, which cost a fifth of the time: they are used when a
    department refused something at the first go (`one_by_one`).
    """
    documents = batch.documents
    one = len(documents) == 1
    caused_by(documents[0].origin if one else f"kernel.intake_raw/{batch.places[-1][0]}")
    places = {id(document): place for document, place in zip(documents, batch.places, strict=True)}
    verdicts: dict[int, Verdict] = {}
    for some in _each_once(documents):
        taken = _take(actor, some, one_by_one)
        history.keep(actor, [(places[id(each.document)], *each) for each in taken])
        verdicts.update((id(each.document), each) for each in taken)
    return [verdicts[id(document)] for document in documents]


def _each_once(documents: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    """The documents in passes in which no event occurs twice: the first of each, the second..."""
    rest = list(documents)
    while rest:
        first: dict[tuple[str, str], Incoming] = {}
        for document in rest:
            first.setdefault((document.source, document.event_id), document)
        yield list(first.values())
        taken = {id(document) for document in first.values()}
        rest = [document for document in rest if id(document) not in taken]


def _take(actor: Actor, documents: Sequence[Incoming], one_by_one: bool) -> list[Verdict]:
    known = history.settled(actor, documents)
    verdicts, waiting = [], []
    for document in documents:
        before = known.get((document.source, document.event_id), set())
        if document.digest in before:
            verdicts.append(Verdict(document, "duplicate", Outcome()))
        elif before:
            verdicts.append(_rejected(actor, document, _changed(document)))
        elif document.problem is not None:
            verdicts.append(_rejected(actor, document, document.problem))
        else:
            waiting.append(document)
    for kind, same in groupby(waiting, attrgetter("type")):
        verdicts.extend(_handled(actor, kind, list(same), one_by_one))
    return verdicts


def _handled(
    actor: Actor, kind: str, documents: list[Incoming], one_by_one: bool
) -> Iterator[Verdict]:
    handler = handler_of(kind)
    if handler is None:
        for document in documents:
            yield _rejected(actor, document, _unknown_type(document))
        return
    if one_by_one:
        outcomes = _attempted(actor, handler, documents)
    else:
        outcomes = _at_once(actor, handler, documents)
    for document, outcome in zip(documents, outcomes, strict=True):
        yield Verdict(document, "rejected" if outcome.problem else "accepted", outcome)


def _at_once(actor: Actor, handler: Handler, documents: Sequence[Incoming]) -> Sequence[Outcome]:
    try:
        return handler(actor, documents)
    except NotAllowed:
        raise
    except DomainError as refusal:
        raise _SomeRefused from refusal


def _attempted(actor: Actor, handler: Handler, documents: Sequence[Incoming]) -> Sequence[Outcome]:
    """The handler's outcomes; when it refuses all at once, those of the halves."""
    try:
        with attempt():
            return handler(actor, documents)
    except NotAllowed:
        raise
    except DomainError as refusal:
        if len(documents) == 1:
            return [_refused(actor, documents[0], refusal)]
    half = len(documents) // 2
    return [
        *_attempted(actor, handler, documents[:half]),
        *_attempted(actor, handler, documents[half:]),
    ]


def _refused(actor: Actor, document: Incoming, refusal: DomainError) -> Outcome:
    # A department counts what it was handed; the line people know is that of the document.
    message, field = str(refusal.message), refusal.place.field
    problem = Problem(document.line, field, refusal.code, message)
    return Outcome(problem=problem, amount=amount_of(actor, document))


def _rejected(actor: Actor, document: Incoming, problem: Problem) -> Verdict:
    return Verdict(document, "rejected", Outcome("", problem, amount_of(actor, document)))


def _changed(document: Incoming) -> Problem:
    message = _("{id} was taken in before with other content; give a new event its own id.")
    said = format_lazy(message, id=document.event_id)
    return Problem(document.line, "", history.CHANGED, said)


def _unknown_type(document: Incoming) -> Problem:
    message = _("Nobody takes events of the type “{type}”.")
    said = format_lazy(message, type=document.type)
    return Problem(document.line, "type", "intake.unknown_type", said)
