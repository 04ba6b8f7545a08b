"""Mailings that go to people by mail and to a room, the ways they go by, and the keys that sign."""

from django.test import override_settings
from django.utils import timezone

from kantoor.departments.communication.actions.items.publishing import publish_items
from kantoor.departments.communication.actions.items.writing import write_items
from kantoor.departments.communication.actions.mailings.channels import (
    add_channel,
    make_signing_key,
)
from kantoor.departments.communication.actions.mailings.gathering import gather
from kantoor.departments.communication.actions.mailings.sending_off import send_items
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.drafts_mailings import MailingDraft
from kantoor.departments.communication.models import Mailing
from kantoor.departments.communication.queries.audiences.resolving import size_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.sealing import locked
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from tests.founded import House


def communication_mailings(house: House) -> None:
    """Two notices to everybody, and one to a room."""
    anne = house.administrator
    write_a_mailbox_for_test(anne)
    people = [EmployeeDraft(name=f"Piet {n}", email=f"piet{n}@example.org") for n in range(2)]
    add_employees(anne, employees=people)
    drafts = [
        ItemDraft(kind="crisis", title=f"Water {n}", body="See [this](https://example.org/w).")
        for n in range(2)
    ]
    codes = write_items(anne, items=drafts)
    publish_items(anne, codes=codes)
    rooms = [
        add_channel(anne, name=name, kind="chat", service=f"json://127.0.0.1:9/{name}")
        for name in ("canteen", "gate")
    ]
    for selector in ("one", "two"):
        make_signing_key(anne, domain="kantoor.example", selector=selector)
    here = size_of(anne, None, must=True)
    with override_settings(SMTP="smtp://127.0.0.1:9"):
        send_items(
            anne,
            mailings=[
                *(MailingDraft(item=code, confirmed=here) for code in codes),
                MailingDraft(item=codes[0], channel=rooms[0]),
            ],
        )
    for mailing in Mailing.objects.select_related("item", "way", "audience"):
        gather(anne, mailing)


@action(permission="tests.write", title="Write a mailbox of communication", hidden=True)
def write_a_mailbox_for_test(actor: Actor, /) -> None:
    """One to send from."""
    Mailbox.objects.create(
        company_id=actor.company_id, purpose="communication", name="news",
        address="news@kantoor.example", sender_name="News", host="imap.kantoor.example", port=993,
        security="tls", user="news", password=locked("secret"), created_at=timezone.now(),
    )  # fmt: skip
