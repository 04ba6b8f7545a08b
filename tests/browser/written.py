"""Makes a company with a newsroom in a data folder of its own: `KANTOOR_DATA`.

Lot writes and Mo agrees: something is published and corrected, something planned, something asked.
"""

import os
from datetime import timedelta

PASSWORD = "eleven grey herons"
PEOPLE = {
    "lot": ("Lot Meijer", "communication_officer"),
    "mo": ("Mo Amrani", "communication_officer"),
    "eva": ("Eva Jansen", "employee"),
}
CANTEEN = """From **Monday** the canteen is open from half past eleven to two.

## What there is

- Soup of the day, and bread of our own
- A warm meal at € 6.50

| Day | Dish |
|---|---|
| Monday | Lentil soup |
| Tuesday | Hutspot |

> Who has an allergy asks Kim, on [the first floor](/communication/news).
"""


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from django.utils import timezone

    from kantoor.departments.communication.actions.items.agreeing import (
        ask_item_approval,
    )
    from kantoor.departments.communication.actions.items.placing import schedule_item
    from kantoor.departments.communication.actions.items.publishing import (
        correct_item,
        publish_item,
    )
    from kantoor.departments.communication.actions.items.remarking import remark_on_text
    from kantoor.departments.communication.actions.items.templates import add_item_template
    from kantoor.departments.communication.actions.items.writing import write_item, write_text
    from kantoor.departments.communication.drafts_items import ItemDraft, TemplateDraft, TextDraft
    from kantoor.departments.communication.tests.agreeing import agree
    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user

    company = Company.objects.get()
    for sign_in, (name, role) in PEOPLE.items():
        add_user(
            console_actor(company), sign_in=sign_in, name=name, roles=[role], password=PASSWORD,
            password_is_temporary=False,
        )  # fmt: skip
    lot, mo = (actor_for(User.objects.get(sign_in=name), company) for name in ("lot", "mo"))
    now = timezone.now()
    canteen = write_item(
        lot,
        item=ItemDraft(
            title="The canteen opens on Monday", language="en", body=CANTEEN,
            summary="From Monday there is soup, bread and a warm meal on the ground floor.",
        ),
    )  # fmt: skip
    dutch = TextDraft(
        item=canteen, language="nl", title="De kantine opent", body="Vanaf **maandag**."
    )
    write_text(lot, text=dutch)
    ask_item_approval(lot, item=canteen)
    agree(mo, canteen)
    publish_item(lot, item=canteen)
    later = TextDraft(
        item=canteen, title="The canteen opens on Monday",
        summary="From Monday there is soup, bread and a warm meal on the ground floor.",
        body=CANTEEN.replace("€ 6.50", "€ 5.95").replace("half past eleven", "noon"),
    )  # fmt: skip
    write_text(mo, text=later)
    ask_item_approval(mo, item=canteen)
    agree(lot, canteen)
    correct_item(lot, item=canteen, note="The hours and the price of the meal were wrong")
    mill = write_item(
        lot, item=ItemDraft(kind="press", title="We buy the mill", language="en", body="More soon.")
    )
    schedule_item(lot, item=mill, publish_at=now + timedelta(days=1, hours=2))
    ask_item_approval(lot, item=mill)
    agree(mo, mill)
    party = ItemDraft(
        kind="event", title="Summer party", language="en", body="With music.", place="The orchard",
        event_from=now + timedelta(days=2), event_until=now + timedelta(days=2, hours=4),
    )  # fmt: skip
    asked = write_item(mo, item=party)
    schedule_item(mo, item=asked, publish_at=now + timedelta(hours=3))
    ask_item_approval(mo, item=asked)
    remark_on_text(lot, item=asked, passage="With music", said="Which band? People will ask.")
    failure = TemplateDraft(
        name="Something does not work", kind="crisis", language="en",
        title="{what} does not work",
        body="Since {time} **{what}** does not work.\n\n## What you can do\n\n{way round}",
    )  # fmt: skip
    add_item_template(lot, template=failure)


if __name__ == "__main__":
    main()
