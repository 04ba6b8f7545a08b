"""That an address stopped mail outlives the address: its digest, and nothing else (decision 0212).

Called inside an action, whatever it is that forgets: an address of a list, or a person.
"""

from collections.abc import Iterable

from kantoor.departments.communication.models import ForgottenStop, NoMail, Purpose
from kantoor.departments.communication.queries.audiences.forgotten import ALL_MAIL, digest_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import as_compared
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasing import before_erasing


@before_erasing
def remember_stops(actor: Actor, subject_id: int) -> None:
    """Keep of who is forgotten that their addresses stopped mail, and for what.

    The law lets that stay which keeps to their objection (GDPR art. 17(3)(b) and 21(3)).
    """
    rows = NoMail.objects.filter(subject_id=subject_id, lifted_at=None).select_related("party")
    stops: dict[int, set[tuple[str, str]]] = {}
    for row in rows.order_by("pk"):
        addresses = {row.address, as_compared(row.party.email) if row.party else ""}
        found = stops.setdefault(row.company_id, set())
        found.update((row.purpose, address) for address in addresses if address)
    for company_id, pairs in stops.items():
        _keep(company_id, pairs)


def lift_stopped_before(actor: Actor, address: str, purpose: str) -> None:
    """The owner of a forgotten address agreed anew: what it stopped for this purpose is lifted.

    Who wanted none at all gets mail for this purpose alone.
    """
    all_mail = digest_of(actor.company_id, ALL_MAIL, address)
    asked = {all_mail, digest_of(actor.company_id, purpose, address)}
    rows = scoped(actor, ForgottenStop).select_for_update().filter(digest__in=asked)
    found = set(rows.values_list("digest", flat=True))
    if not found:
        return
    scoped(actor, ForgottenStop).filter(digest__in=found).delete()
    if all_mail in found and purpose != ALL_MAIL:
        others = scoped(actor, Purpose).exclude(code=purpose).values_list("code", flat=True)
        _keep(actor.company_id, [(code, address) for code in others])


def _keep(company_id: int, pairs: Iterable[tuple[str, str]]) -> None:
    """Keep the digests of purposes and addresses, each once."""
    digests = {digest_of(company_id, purpose, address) for purpose, address in pairs}
    known = ForgottenStop.objects.filter(company=company_id, digest__in=digests)
    fresh = sorted(digests - set(known.values_list("digest", flat=True)))
    ForgottenStop.objects.bulk_create(
        ForgottenStop(company_id=company_id, digest=digest) for digest in fresh
    )
