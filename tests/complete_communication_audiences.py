"""Rows of audiences, mailing lists, consent and who wants no mail, for `complete.py`."""

from django.utils import timezone

from kantoor.departments.communication.actions.audiences.forgetting import forget_address
from kantoor.departments.communication.actions.audiences.lists import set_list
from kantoor.departments.communication.actions.audiences.purposes import set_purpose
from kantoor.departments.communication.actions.audiences.setting import set_audience
from kantoor.departments.communication.actions.audiences.stopping import stop_mail
from kantoor.departments.communication.actions.audiences.subscribing import add_subscribers
from kantoor.departments.communication.drafts_audiences import (
    AudienceDraft,
    ListDraft,
    PartDraft,
    PurposeDraft,
    SubscriberDraft,
)
from kantoor.departments.communication.models import MailingList, SignUp
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.record.erasure import new_subjects
from tests.founded import House

ADDRESSES = ("ann@home.example", "col@home.example")


def communication_audiences(house: House) -> None:
    """Two of each: audiences, lists with addresses that agreed, who stopped mail, and who did
    before they were forgotten.
    """
    anne = house.administrator
    for code in ("news", "offers"):
        set_purpose(anne, purpose=PurposeDraft(code=code, name=code, text=f"Mail me {code}"))
        set_list(anne, mailing_list=ListDraft(code=code, name=code, purpose=code, open=True))
        add_subscribers(
            anne,
            mailing_list=code,
            subscribers=[SubscriberDraft(address=each) for each in ADDRESSES],
            source="Fair",
        )
        parts = [PartDraft(who=f"communication.mailing_list: {code}")]
        set_audience(anne, audience=AudienceDraft(code=code, name=code, purpose=code, parts=parts))
    stop_mail(anne, addresses=["no@home.example", "never@home.example"])
    for address in ("gone@home.example", "away@home.example"):
        stop_mail(anne, addresses=[address])
        forget_address(anne, address=address, why="Asked")
    sign_up_for_test(anne)


@action(permission="tests.write", title="Ask for a list for a test", hidden=True)
def sign_up_for_test(actor: Actor, /) -> None:
    """Two who asked for a list and did not confirm yet."""
    row = MailingList.objects.filter(company_id=actor.company_id).order_by("pk")[0]
    SignUp.objects.bulk_create(
        SignUp(
            subject_id=key, company_id=actor.company_id, mailing_list=row,
            address=f"new{key}@home.example", source="/", asked_at=timezone.now(),
        )
        for key in new_subjects(2)
    )  # fmt: skip
