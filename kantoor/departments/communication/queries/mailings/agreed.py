"""What a mailing may do with whom: who must hear of it, and of whom it is noted what they open."""

from collections.abc import Collection

from kantoor.departments.communication.models import Consent, Item
from kantoor.departments.communication.models.items.item import (
    CAMPAIGN,
    CRISIS,
    NEWSLETTER,
    PRESS,
)
from kantoor.kernel.actors.actor import Actor

OF_CHOICE = (NEWSLETTER, CAMPAIGN, PRESS)
MEASURING = "measuring"
"""The purpose to which one agrees that it is noted what one opens and follows."""


def must_hear(item: Item, audience_id: int | None) -> bool:
    """Whether people in an audience hear of it who want no mail: a crisis, and what must be read.

    What must be read only those whom it was agreed to be for; and what one chooses to get
    (newsletters, campaigns, the press's mail) stays a choice, whatever is asked of its readers.
    """
    if item.kind == CRISIS:
        return True
    return item.must_read and item.kind not in OF_CHOICE and item.audience_id == audience_id


def who_is_measured(actor: Actor, addresses: Collection[str]) -> set[str]:
    """Those of the addresses whose owners agreed to that; one statement."""
    agreed = Consent.objects.filter(
        company_id=actor.company_id, purpose=MEASURING, withdrawn_at=None,
        subscriber__address__in=addresses,
    )  # fmt: skip
    return set(agreed.values_list("subscriber__address", flat=True))
