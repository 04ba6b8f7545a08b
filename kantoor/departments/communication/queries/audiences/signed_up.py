"""What became of a sign-up, for who has the link that was sent to confirm it."""

from datetime import timedelta
from typing import Literal

import msgspec
from django.utils import timezone

from kantoor.departments.communication.models import Consent, ListMember, NoMail, SignUp
from kantoor.departments.communication.queries.audiences.tokens import Confirm

VALID = timedelta(days=7)
"""How long a link can be confirmed."""
State = Literal["asked", "on", "off", "late"]


class SignedUp(msgspec.Struct, frozen=True, kw_only=True):
    """How a sign-up stands now: asked and not confirmed, on the list, off it again, or too late.

    `code` is that of its list where one can ask for it anew; `language` that of who asked.
    """

    list: str
    code: str
    language: str
    state: State


def signed_up(said: Confirm) -> SignedUp | None:
    """How the sign-up of a link stands. No permission is asked: the link is its owner's alone."""
    rows = SignUp.objects.select_related("mailing_list", "subscriber")
    row = rows.filter(company=said.company, pk=said.sign_up).first()
    if row is None:
        return None
    listed = row.mailing_list
    language = row.language or (row.subscriber.language if row.subscriber else "")
    return SignedUp(
        list=listed.name,
        code=listed.code if listed.open and listed.active else "",
        language=language,
        state=_state(row),
    )


def on_the_list(row: SignUp) -> bool:
    """Whether who confirmed a sign-up is on its list now, agrees, and wants the mail."""
    who, purpose = row.subscriber, row.mailing_list.purpose
    if who is None or not who.address:
        return False
    stopped = NoMail.objects.filter(
        company=row.company_id, address=who.address, lifted_at=None, purpose__in={"", purpose}
    )
    agreed = Consent.objects.filter(subscriber=who, purpose=purpose, withdrawn_at=None)
    return (
        ListMember.objects.filter(mailing_list=row.mailing_list_id, subscriber=who).exists()
        and (not purpose or agreed.exists())
        and not stopped.exists()
    )


def _state(row: SignUp) -> State:
    if row.confirmed_at is not None:
        return "on" if on_the_list(row) else "off"
    late = not row.address or row.asked_at < timezone.now() - VALID
    return "late" if late or not row.mailing_list.active else "asked"
