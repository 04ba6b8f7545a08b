"""Makes a company that tells its people and the world something: `KANTOOR_DATA`.

Nora writes, Dirk agrees, Eva reads; a press release waits for its time.
"""

import io
import os
from datetime import timedelta

PASSWORD = "eleven grey herons"
PEOPLE = {
    "nora": ("Nora Smit", "communication_officer"),
    "dirk": ("Dirk Bos", "director"),
    "eva": ("Eva Jansen", "employee"),
}
HALL = """The new hall in Almere is **ready**. From Monday on all orders leave from there, and the
old hall stays for returns.

## What changes for you

- Deliveries before 16:00 leave on the same day.
- The canteen is on the first floor, with [its own menu](/communication/news).
- Parking is behind the building.

| Shift | From | Until |
|-------|------|-------|
| Early | 6:00 | 14:30 |
| Late  | 14:00 | 22:30 |

> We packed the first order at ten past six this morning.

Questions? Ask the [service desk](/ict/do/ask-question).
"""
HAL = """De nieuwe hal in Almere is **klaar**. Vanaf maandag vertrekken alle bestellingen daarvandaan;
de oude hal blijft voor retouren.

## Wat er voor je verandert

- Wat voor 16:00 binnenkomt, gaat dezelfde dag weg.
- De kantine is op de eerste verdieping.
- Parkeren kan achter het gebouw.
"""
BICYCLE = (
    "Who comes by bicycle gets **23 cents** for each kilometre. Ask for it with your expenses."
)
OVEN = (
    "Lantern Gifts took over the glass works of Leerdam. Both names stay, and so do all 41 people."
)


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user

    company = Company.objects.get()
    console, people = console_actor(company), dict[str, Actor]()
    for sign_in, (name, role) in PEOPLE.items():
        add_user(
            console, sign_in=sign_in, name=name, password=PASSWORD, password_is_temporary=False,
            roles=[role],
        )  # fmt: skip
        people[sign_in] = actor_for(User.objects.get(sign_in=sign_in), company)
    _publish(people["nora"], people["dirk"])


def _publish(nora: object, dirk: object) -> None:
    from django.utils import timezone

    from kantoor.departments.communication.actions.items.agreeing import (
        ask_items_approval,
    )
    from kantoor.departments.communication.actions.items.placing import place_items
    from kantoor.departments.communication.actions.items.publishing import (
        correct_item,
        publish_items,
        withdraw_item,
    )
    from kantoor.departments.communication.actions.items.writing import write_items, write_text
    from kantoor.departments.communication.actions.media.keeping import add_picture
    from kantoor.departments.communication.actions.pages.press import set_press_page
    from kantoor.departments.communication.actions.pages.screens import add_screen
    from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft, TextDraft
    from kantoor.departments.communication.drafts_media import PictureDraft
    from kantoor.departments.communication.formats.pictures import drawn
    from kantoor.departments.communication.tests.agreeing import agree
    from kantoor.kernel.actors.actor import Actor

    assert isinstance(nora, Actor) and isinstance(dirk, Actor)
    hall = PictureDraft(
        title="The new hall", alt_en="A white hall with a red door under a blue sky",
        alt_nl="Een witte hal met een rode deur onder een blauwe lucht", owner="Ada Lens",
        licence="Our own",
    )  # fmt: skip
    picture = add_picture(nora, picture=hall, sizes=drawn(_picture()))
    begins = timezone.now().replace(hour=13, minute=0, second=0, microsecond=0) + timedelta(days=12)
    drafts = [
        ItemDraft(
            title="The new hall is open", summary="All orders leave from Almere from Monday on.",
            body=HALL, picture=picture, language="en",
        ),
        ItemDraft(kind="policy", title="Cycling to work", body=BICYCLE, language="en",
                  summary="A kilometre by bicycle is worth 23 cents."),
        ItemDraft(
            kind="event", title="Open day for families", body="Bring who you like. There is cake.",
            language="en", event_from=begins, event_until=begins + timedelta(hours=3),
            place="The new hall, Almere",
        ),
        ItemDraft(kind="press", title="Lantern Gifts takes over glass works", body=OVEN,
                  summary="The glass works of Leerdam go on under their own name.", language="en"),
        ItemDraft(kind="newsletter", title="What we made in spring", body="Lanterns, mostly.",
                  language="en"),
        ItemDraft(kind="news", title="Free cake for ever", body="This was a mistake.", language="en"),
        ItemDraft(kind="press", title="Secret merger with Moonlight", language="en",
                  body="Lantern Gifts and Moonlight become one.", code="merger"),
    ]  # fmt: skip
    codes = write_items(nora, items=drafts)
    write_text(nora, text=TextDraft(
        item=codes[0], language="nl", title="De nieuwe hal is open", picture=picture,
        summary="Vanaf maandag vertrekken alle bestellingen uit Almere.", body=HAL,
    ))  # fmt: skip
    place_items(nora, places=[
        PlacesDraft(item=codes[0], pinned=True, on_screens=True),
        PlacesDraft(item=codes[1], must_read=True),
        PlacesDraft(item=codes[2], on_screens=True, on_press_page=True),
        PlacesDraft(item=codes[4], on_press_page=True),
    ])  # fmt: skip
    ask_items_approval(nora, codes=codes)
    agree(dirk, *codes)
    publish_items(dirk, codes=codes[:6])
    withdraw_item(dirk, item=codes[5], why="There is cake on Fridays only.")
    right = OVEN.replace("41", "43")
    write_text(nora, text=TextDraft(
        item=codes[3], language="en", title="Lantern Gifts takes over glass works", body=right,
        summary="The glass works of Leerdam go on under their own name.",
    ))  # fmt: skip
    ask_items_approval(nora, codes=[codes[3]])
    agree(dirk, codes[3])
    correct_item(dirk, item=codes[3], note="43 people work there, not 41.")
    set_press_page(
        nora, contact="Nora Smit\n+31 36 555 01 23\npress@lantern.example",
        about="Lantern Gifts makes lanterns and sells them all over Europe since 1998.",
    )  # fmt: skip
    add_screen(nora, name="The hall", language="nl", seconds=5)


def _picture() -> bytes:
    """A hall as a child would draw it."""
    from PIL import Image, ImageDraw

    made = Image.new("RGB", (1600, 900), "#9cc4e4")
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 640, 1600, 900), fill="#7a8f6a")
    draw.polygon(((150, 420), (800, 250), (1450, 420)), fill="#c9c4bb")
    draw.rectangle((150, 420, 1450, 720), fill="#f3f0ea")
    draw.rectangle((700, 500, 900, 720), fill="#b3261e")
    for left in (240, 460, 1000, 1220):
        draw.rectangle((left, 500, left + 140, 590), fill="#5f7f99")
    target = io.BytesIO()
    made.save(target, "JPEG", quality=88)
    return target.getvalue()


if __name__ == "__main__":
    main()
