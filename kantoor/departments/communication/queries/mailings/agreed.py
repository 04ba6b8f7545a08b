"""What a mailing may do with whom: who must hear of it, and of whom it is noted what they open."""

from collections.abc import Collection

from kantoor.departments.communication.models import Consent, Item
from kantoor.departments.communication.models.items.item import CRISIS
from kantoor.kernel.actors.actor import Actor

MEASURING = "measuring"
"""The purpose to which one agrees that it is noted what one opens and follows."""


def must_hear(item: Item) -> bool:
    """Whether people hear of it who want no mail: a crisis, and what has to be read."""
    return item.kind == CRISIS or item.must_read


def who_is_measured(actor: Actor, addresses: Collection[str]) -> set[str]:
    """Those of the addresses whose owners agreed to that; one statement."""
    agreed = Consent.objects.filter(
        company_id=actor.company_id, purpose=MEASURING, withdrawn_at=None,
        subscriber__address__in=addresses,
    )  # fmt: skip
    return set(agreed.values_list("subscriber__address", flat=True))
