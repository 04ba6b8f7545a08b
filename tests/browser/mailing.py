"""Fills a company with mailings for the browser: one done, one going out, one that stands still."""

import json
import os
from pathlib import Path
from typing import Any

import django

PASSWORD = "eleven grey herons"
BODY = """Since Monday the new hall is open. **Come and look**: it has
[room for 300 pallets](https://example.org/hall) and a quiet corner for lunch.

## What changes for you

- Deliveries come in by gate 3.
- The old hall closes on 1 December.

| Day | Open |
|---|---|
| Monday | 7:00–19:00 |
| Saturday | 9:00–13:00 |

> Bring your pass: the doors open by it.
"""


def main() -> None:
    """An officer, people, items in two languages, and their mailings as far as they are."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kantoor.config.settings"
    django.setup()
    from django.conf import settings
    from django.test import override_settings

    from kantoor.departments.communication.actions.mailings.channels import (
        add_channel,
        make_signing_key,
        use_signing_key,
    )
    from kantoor.departments.communication.actions.mailings.sending_off import send_item
    from kantoor.departments.communication.actions.mailings.steering import pause_mailing
    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user
    from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
    from tests.complete_communication_mailings import write_a_mailbox_for_test

    company = Company.objects.get()
    anne = actor_for(User.objects.get(administrator=True), company)
    add_user(
        console_actor(company), sign_in="nora", name="Nora de Boer", password=PASSWORD,
        roles=["communication_officer"], password_is_temporary=False,
    )  # fmt: skip
    nora = actor_for(User.objects.get(sign_in="nora"), company)
    write_a_mailbox_for_test(anne)
    people = [
        EmployeeDraft(name=f"Person {n}", email=f"p{n}@example.org", language=("en", "nl")[n % 2])
        for n in range(120)
    ]
    add_employees(anne, employees=people)
    titles = ("The new hall is open", "News of November", "Summer fair")
    codes = [published(nora, anne, title) for title in titles]
    with override_settings(SMTP="smtp://127.0.0.1:9", ADDRESS="https://kantoor.example"):
        uids = [send_item(nora, item=code, confirmed=120) for code in codes]
    for uid, count in zip(uids, (200, 50, 20), strict=True):
        handed_in(company, uid, count)
    # The server has no mail server to send by, so the one that goes out stays where it is.
    pause_mailing(nora, mailing=uids[2])
    add_channel(nora, name="Text messages", kind="sms", service="json://127.0.0.1:9/{to}")
    add_channel(nora, name="Canteen", kind="chat", service="json://127.0.0.1:9/x")
    make_signing_key(nora, domain="kantoor.example", selector="k1")
    use_signing_key(nora, domain="kantoor.example", selector="k1")
    told = {"done": uids[0], "going": uids[1], "paused": uids[2], "item": codes[0]}
    (Path(settings.DATA) / "mailings.json").write_text(json.dumps(told))


def published(nora: Any, anne: Any, title: str) -> str:
    """An item that was agreed to and published, in two languages; gives its code."""
    from kantoor.departments.communication.actions.items.agreeing import (
        ask_item_approval,
    )
    from kantoor.departments.communication.actions.items.publishing import publish_item
    from kantoor.departments.communication.actions.items.writing import write_item, write_text
    from kantoor.departments.communication.drafts_items import ItemDraft, TextDraft
    from kantoor.departments.communication.tests.agreeing import agree

    summary = "From now on everything comes in by gate 3."
    draft = ItemDraft(kind="newsletter", title=title, summary=summary, body=BODY, language="en")
    code = write_item(nora, item=draft)
    dutch = TextDraft(
        item=code, language="nl", title="De nieuwe hal is open", body=BODY,
        summary="Vanaf nu komt alles binnen via poort 3.",
    )  # fmt: skip
    write_text(nora, text=dutch)
    ask_item_approval(nora, item=code)
    agree(anne, code)
    publish_item(nora, item=code)
    return code


def handed_in(company: Any, uid: str, count: int) -> None:
    """So many of a mailing were handed in; one of them is in doubt."""
    from kantoor.departments.communication.actions.mailings.gathering import gather
    from kantoor.departments.communication.actions.mailings.lots import (
        rest_mailing,
        settle_lot,
        take_lot,
    )
    from kantoor.departments.communication.models import Mailing
    from kantoor.kernel.actors.actor import console_actor
    from kantoor.kernel.mail.sending import Said

    actor = console_actor(company)
    mailing = Mailing.objects.select_related("item", "way", "audience").get(uid=uid)
    gather(actor, mailing)
    rows = take_lot(actor, mailing_id=mailing.pk, lot="x", at_most=count)
    said = {row.pk: Said("sent", "250 ok") for row in rows}
    said[rows[3].pk] = Said("failed", "552 5.2.2 mailbox full")
    said[rows[7].pk] = Said("unsure", "broken off")
    settle_lot(actor, mailing_id=mailing.pk, lot="x", said=said)
    rest_mailing(actor, mailing_id=mailing.pk)


if __name__ == "__main__":
    main()
