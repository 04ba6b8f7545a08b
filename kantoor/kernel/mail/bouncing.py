"""What a bounce changes: the state of what was sent, and addresses that are written to no more.

Called inside a department's action.
"""

from collections.abc import Sequence

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.bounces.found import DELAYED, DELIVERED, Failure
from kantoor.kernel.mail.models import BOUNCED, SENT, UNSURE, MailTo, Unreachable
from kantoor.kernel.mail.people import subjects_of
from kantoor.kernel.queries import scoped


def note_bounce(actor: Actor, failures: Sequence[Failure], *, about: str) -> list[MailTo]:
    """Note a bounce that belongs to a thing of ours; gives the messages that it is about.

    Only what was sent there about that thing is touched, so that nobody can silence an address
    with a forged bounce.
    """
    told = {each.address: each for each in failures}
    told |= {each.original: each for each in failures if each.original}
    rows = list(
        scoped(actor, MailTo).filter(
            mail__about=about, address__in=told, state__in=[SENT, UNSURE, BOUNCED]
        )
    )
    final = [row for row in rows if told[row.address].outcome not in (DELAYED, DELIVERED)]
    for row in final:
        failure = told[row.address]
        row.state = BOUNCED
        row.answer = f"{failure.status} {failure.reason}".strip()[:300]
    if final:
        MailTo.objects.bulk_update(final, ["state", "answer"])
    note_unreachable(actor, [told[row.address] for row in final])
    return rows


def note_unreachable(actor: Actor, failures: Sequence[Failure]) -> None:
    """Write no more to the addresses of which it is sure that it is no use."""
    lasting = {each.address: each for each in failures if each.lasting}
    if not lasting:
        return
    standing = scoped(actor, Unreachable).filter(address__in=lasting, lifted_at=None)
    for address in standing.values_list("address", flat=True):
        lasting.pop(address, None)
    persons, now = subjects_of(actor, lasting), timezone.now()
    Unreachable.objects.bulk_create(
        Unreachable(
            subject_id=persons.get(address),
            company_id=actor.company_id,
            address=address,
            outcome=failure.outcome,
            why=f"{failure.status} {failure.reason}".strip()[:300],
            since=now,
        )
        for address, failure in lasting.items()
    )
