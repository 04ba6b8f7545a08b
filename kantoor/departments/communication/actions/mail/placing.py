"""Where a message goes: with its question, into a new one, or on the pile that a person decides on.

Only what a person wrote makes a question, and what a monitor wrote that was asked to. Automatic
replies are attached where they belong; they, bounces and bulk are never answered (RFC 3834).
"""

from collections.abc import Sequence

from kantoor.departments.communication.actions.mail.arrived import Arrived
from kantoor.departments.communication.actions.mail.asking import Asking
from kantoor.departments.communication.actions.mailings.bouncing import take_bounces
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.queries.questions.terms import agreed
from kantoor.departments.communication.queries.questions.threads import ABOUT, places
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.bouncing import note_bounce
from kantoor.kernel.mail.limits import Traffic, traffic
from kantoor.kernel.mail.models import HELD, IGNORED, MailIn, MailOut
from kantoor.kernel.mail.reading.kinds import Kind, may_be_answered
from kantoor.kernel.queries import scoped

STORM, AUTOMATIC, NOBODY, BULK = "storm", "automatic", "nobody", "bulk"
"""Why a message is held."""


def place(actor: Actor, arrived: Sequence[Arrived]) -> None:
    """Put messages where they belong; what is about mailings goes there first."""
    rest = take_bounces(actor, [(each.row, each.message) for each in arrived])
    kept = {row.pk for row, _message in rest}
    left = [each for each in arrived if each.row.pk in kept]
    if left:
        _place(actor, left)
        MailIn.objects.bulk_update([each.row for each in left], ["state", "held_for", "about"])


def _place(actor: Actor, arrived: Sequence[Arrived]) -> None:
    found = places(actor, [each.message for each in arrived])
    counts = traffic(actor, [each.row for each in arrived])
    monitors = agreed(actor).monitors
    ids = [each.row.message_id for each in arrived if each.row.message_id]
    own = scoped(actor, MailOut).filter(message_id__in=ids).values_list("message_id", flat=True)
    ours, asking = set(own), Asking(actor)
    bounces: list[tuple[Question, Arrived]] = []
    for each, question in zip(arrived, found, strict=True):
        row = each.row
        if row.message_id in ours:
            row.state = IGNORED  # Our own mail that came back.
        elif not each.sort.personal and row.sender in monitors:
            asking.mention(each)
        elif not each.sort.personal:
            _place_automatic(each, question, asking, bounces)
        else:
            _place_personal(each, question, asking, counts)
    asking.finish()
    for question, each in bounces:
        note_bounce(actor, each.sort.failures, about=f"{ABOUT}{question.pk}")


def _place_personal(
    each: Arrived, question: Question | None, asking: Asking, counts: Traffic
) -> None:
    row = each.row
    if not row.sender:
        _hold(row, NOBODY)
    elif counts.storm(row.sender, f"{ABOUT}{question.pk}" if question else ""):
        _hold(row, STORM)
    elif question is not None:
        asking.wrote(each, question)
    else:
        answer = may_be_answered(each.message, each.sort) and counts.may_answer(row.sender)
        asking.asked(each, answer=answer)


def _place_automatic(
    each: Arrived,
    question: Question | None,
    asking: Asking,
    bounces: list[tuple[Question, Arrived]],
) -> None:
    """What no person wrote: attached where it belongs, else held or left."""
    bounce = each.sort.kind is Kind.BOUNCE
    if question is not None:
        asking.attach(each, question)
        if bounce:
            bounces.append((question, each))
    elif bounce:
        each.row.state = IGNORED  # Of mail that was not ours.
    else:
        _hold(each.row, BULK if each.sort.kind is Kind.BULK else AUTOMATIC)


def _hold(row: MailIn, why: str) -> None:
    row.state, row.held_for = HELD, why
