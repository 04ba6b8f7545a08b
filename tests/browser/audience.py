"""Makes a company whose officer writes to people in a data folder of its own: `KANTOOR_DATA`.

Dana is communication's. `links.json` in the folder holds the addresses that stand in a reader's mail.
"""

import json
import os
from pathlib import Path

PASSWORD = "eleven grey herons"
READERS = [("ann@home.example", "Ann Visser", "nl"), ("col@home.example", "Col Murphy", "en")]


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
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
    from kantoor.departments.communication.queries.audiences.tokens import (
        preferences_address,
        unsubscribe_address,
    )
    from kantoor.departments.communication.recipients import Recipient
    from kantoor.kernel.actors.actor import console_actor
    from kantoor.kernel.actors.models import Company
    from kantoor.kernel.actors.users import add_user
    from kantoor.kernel.parties.employees import EmployeeDraft, add_employees

    company = Company.objects.get()
    console = console_actor(company)
    add_user(
        console, sign_in="dana", name="Dana Bos", roles=["communication_officer"],
        password=PASSWORD, password_is_temporary=False,
    )  # fmt: skip
    names = ("Eva Jansen", "Bo de Wit", "Cas Vos")
    add_employees(
        console,
        employees=[
            EmployeeDraft(name=name, email=f"{name.split()[0].lower()}@lantern.example")
            for name in names
        ],
    )
    words = "Yes, mail me the newsletter of Lantern Gifts, four times a year."
    set_purpose(console, purpose=PurposeDraft(code="news", name="Newsletter", text=words))
    offers = PurposeDraft(
        code="offers", name="Offers", text="Yes, tell me when things are cheaper."
    )
    set_purpose(console, purpose=offers)
    news = ListDraft(code="news", name="News of Lantern Gifts", purpose="news", open=True)
    set_list(console, mailing_list=news)
    drafts = [
        SubscriberDraft(address=at, name=name, language=language) for at, name, language in READERS
    ]
    drafts.append(SubscriberDraft(address="gone@home.example", name="Gerda Gone"))
    add_subscribers(console, mailing_list="news", subscribers=drafts, source="Fair of Utrecht")
    stop_mail(console, addresses=["gone@home.example"], purpose="news")
    parts = [
        PartDraft(who="communication.mailing_list: news"),
        PartDraft(who="communication.everybody", left_out=True),
    ]
    draft = AudienceDraft(code="readers", name="Readers outside", purpose="news", parts=parts)
    set_audience(console, audience=draft)
    ann = Recipient(name="Ann Visser", address=READERS[0][0])
    links = {
        "unsubscribe": unsubscribe_address(company.pk, ann, "news"),
        "preferences": preferences_address(company.pk, ann),
        "subscribe": f"/communication/subscribe/{company.pk}/news",
    }
    Path(os.environ["KANTOOR_DATA"], "links.json").write_text(json.dumps(links))


if __name__ == "__main__":
    main()
