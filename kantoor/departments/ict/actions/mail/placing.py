"""Where a message goes: with a case, into a new one, or on the pile that a person decides on.

Only what a person wrote moves a case or its clocks. Automatic replies, bounces and bulk are
attached where they belong, and are never answered (RFC 3834).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kantoor.departments.ict.actions.mail.attaching import Attaching
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.cases.case import CLOSED
from kantoor.departments.ict.queries.cases.merged import goes_on_as
from kantoor.departments.ict.queries.mail.staff import staff_answers
from kantoor.departments.ict.queries.mail.threads import (
    CASE,
    NUMBER,
    QUOTED,
    THREAD,
    TOKEN,
    Placed,
    places,
    taking_part,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.bouncing import note_bounce
from kantoor.kernel.mail.limits import Traffic, traffic
from kantoor.kernel.mail.models import DONE, HELD, IGNORED, MailIn, MailOut
from kantoor.kernel.mail.reading.kinds import Kind, Sort, may_be_answered, sort_of
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.queries import scoped

STRANGER, STORM, AUTOMATIC, NOBODY, BULK = "stranger", "storm", "automatic", "nobody", "bulk"
"""Why a message is held."""


@dataclass
class _Round:
    """One action's messages under way."""

    actor: Actor
    part: dict[int, set[str]]
    traffic: Traffic
    own: set[str]
    attaching: Attaching
    bounces: list[tuple[MailIn, Case, Sort]] = field(default_factory=list)


def place(actor: Actor, arrived: Sequence[tuple[MailIn, Message]]) -> None:
    """Put messages where they belong."""
    if not arrived:
        return
    found = places(actor, [message for _, message in arrived])
    ids = [row.message_id for row, _ in arrived if row.message_id]
    own = scoped(actor, MailOut).filter(message_id__in=ids).values_list("message_id", flat=True)
    named = [case for each in found if each for case in (each.case, each.merged) if case]
    cases = list({case.pk: case for case in named}.values())
    going = _Round(
        actor, taking_part(cases), traffic(actor, [row for row, _ in arrived]), set(own),
        Attaching(actor),
    )  # fmt: skip
    answers = staff_answers(actor, [message for _, message in arrived])
    by_key = scoped(actor, Case).in_bulk([each.case for each in answers if each])
    by_key |= goes_on_as(by_key.values())
    for (row, message), placed, answer in zip(arrived, found, answers, strict=True):
        if answer is not None and row.message_id not in going.own:
            _place_answer(going, row, message, by_key[answer.case], answer.actor)
        else:
            _place_one(going, row, message, placed)
    going.attaching.finish()
    for _row, case, sort in going.bounces:
        note_bounce(actor, sort.failures, about=f"{CASE}{case.pk}")
    MailIn.objects.bulk_update([row for row, _ in arrived], ["state", "held_for", "about"])


def _place_answer(
    going: _Round, row: MailIn, message: Message, case: Case, colleague: Actor | None
) -> None:
    """Mail to the address of a colleague: theirs, or held; what no person wrote moves nothing."""
    sort = sort_of(message)
    if not sort.personal:
        _place_automatic(going, row, message, sort, Placed(case, TOKEN))
    elif colleague is None:
        _hold(row, STRANGER)
    elif going.traffic.storm(row.sender, f"{CASE}{case.pk}"):
        _hold(row, STORM, Placed(case, TOKEN))
    else:
        going.attaching.answer(row, message, case, colleague)
        _done(row, case)


def _place_one(going: _Round, row: MailIn, message: Message, placed: Placed | None) -> None:
    sort = sort_of(message)
    if row.message_id in going.own:
        row.state = IGNORED  # Our own mail that came back.
    elif not sort.personal:
        _place_automatic(going, row, message, sort, placed)
    elif not row.sender:
        _hold(row, NOBODY)
    elif going.traffic.storm(row.sender, f"{CASE}{placed.case.pk}" if placed else ""):
        _hold(row, STORM, placed)
    elif placed is None:
        going.attaching.open(row, message, answer=_answer(going, message, sort))
    elif not _welcome(going, row.sender, placed):
        _hold(row, STRANGER)
    elif placed.case.state == CLOSED:
        going.attaching.open(
            row, message, answer=_answer(going, message, sort), follows=placed.case
        )
    else:
        joined = row.sender not in going.part[placed.case.pk]
        going.attaching.reply(row, message, placed, joined=joined)
        going.part[placed.case.pk].add(row.sender)
        _done(row, placed.case)


def _place_automatic(
    going: _Round, row: MailIn, message: Message, sort: Sort, placed: Placed | None
) -> None:
    """What no person wrote: attached where it is sure to belong, else held or left."""
    sure = placed is not None and (
        placed.how in (TOKEN, THREAD) or _welcome(going, row.sender, placed)
    )
    if placed is not None and sure:
        going.attaching.note(row, message, placed.case, sort)
        if sort.kind is Kind.BOUNCE:
            going.bounces.append((row, placed.case, sort))
        _done(row, placed.case)
    elif sort.kind is Kind.BOUNCE:
        row.state = IGNORED  # Of mail that was not ours.
    else:
        _hold(row, BULK if sort.kind is Kind.BULK else AUTOMATIC)


def _welcome(going: _Round, sender: str, placed: Placed) -> bool:
    """Whether somebody may write in a case: who takes part, or came by what only those know."""
    part = going.part.get(placed.case.pk, set())
    if placed.merged is not None:
        part = part | going.part[placed.merged.pk]
    if sender in part or placed.how in (TOKEN, THREAD):
        return True
    if placed.how == QUOTED:
        # The thread of a colleague who was in copy: others can't be told from who guessed it.
        return _domain(sender) in {_domain(each) for each in part}
    assert placed.how == NUMBER
    return False


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _answer(going: _Round, message: Message, sort: Sort) -> bool:
    """Whether the sender is told that we got it: persons who take it, and not over and over."""
    return may_be_answered(message, sort) and going.traffic.may_answer(message.sender.address)


def _hold(row: MailIn, why: str, placed: Placed | None = None) -> None:
    row.state, row.held_for = HELD, why
    if placed is not None:
        row.about = f"{CASE}{placed.case.pk}"


def _done(row: MailIn, case: Case) -> None:
    row.state, row.held_for, row.about = DONE, "", f"{CASE}{case.pk}"
