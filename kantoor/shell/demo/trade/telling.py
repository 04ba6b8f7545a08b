"""What the trading company says, inside and out: news, a policy to be read, an embargo, an event."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from kantoor.departments.communication.actions.audiences.lists import set_list
from kantoor.departments.communication.actions.audiences.purposes import set_purpose
from kantoor.departments.communication.actions.audiences.setting import set_audiences
from kantoor.departments.communication.actions.items.agreeing import (
    approve_items,
    ask_items_approval,
)
from kantoor.departments.communication.actions.items.placing import place_item, schedule_item
from kantoor.departments.communication.actions.items.publishing import publish_items
from kantoor.departments.communication.actions.items.remarking import remark_on_text
from kantoor.departments.communication.actions.items.templates import add_item_template
from kantoor.departments.communication.actions.items.writing import write_item, write_text
from kantoor.departments.communication.actions.pages.press import set_press_page
from kantoor.departments.communication.actions.pages.screens import add_screen
from kantoor.departments.communication.actions.reading.asking import ask_readers
from kantoor.departments.communication.actions.reading.confirming import (
    confirm_reading,
    note_readings,
)
from kantoor.departments.communication.actions.reading.notifying import notify_affected
from kantoor.departments.communication.drafts_audiences import (
    AudienceDraft,
    ListDraft,
    PartDraft,
    PurposeDraft,
)
from kantoor.departments.communication.drafts_items import (
    ItemDraft,
    PlacesDraft,
    TemplateDraft,
    TextDraft,
)
from kantoor.departments.communication.drafts_reading import NoticeDraft
from kantoor.departments.communication.queries.items.record import item
from kantoor.departments.ict.actions.devices.dependencies import add_dependency
from kantoor.departments.ict.models import Server, Service
from kantoor.kernel.actors.actor import Actor

OFFICER = "joris"
LIFTING = """Vanaf deze maand tillen we niet meer alleen wat zwaarder is dan **15 kilo**.

## Wat je doet

- Til met twee mensen, of gebruik de palletwagen of de tilhulp.
- Zet zware dozen tussen knie en schouder, nooit bovenop.
- Doe je rug pijn? Meld het dezelfde dag bij Henk of bij Helen.

## Waarom

Vorig jaar viel drie keer iemand uit met rugklachten. Dat kan beter, en de
[arbocatalogus](https://www.arboportaal.nl) zegt het ook."""
LIFTING_EN = """From this month we no longer lift alone what is heavier than **15 kilos**.

- Lift with two people, or use the pallet truck.
- Put heavy boxes between knee and shoulder.
- Does your back hurt? Tell Henk or Helen the same day."""
NEWS = (
    ItemDraft(
        language="nl",
        title="De kantine krijgt een nieuwe keuken",
        summary="Twee weken soep en broodjes uit de kar, daarna weer warm eten.",
        body="De verbouwing begint maandag. **De koffie blijft.** De kar staat in de hal,"
        " van twaalf tot één.",
    ),
    ItemDraft(
        language="nl",
        title="Esra en Joris op de beurs",
        summary="Kom kijken in hal 7, of stuur je klant langs.",
        body="We staan drie dagen op de vakbeurs. Wie wil meelopen, zegt het bij Marketing.",
    ),
    ItemDraft(
        language="nl",
        kind="policy",
        title="Wie dagen vrij wil, vraagt dat twee weken vooraf",
        summary="Zo kan de planning van het magazijn kloppen.",
        body="Vraag je verlof twee weken vooraf aan. Eén dag mag korter, als je leidinggevende"
        " het goed vindt.",
    ),
)
PRESS = ItemDraft(
    language="nl",
    kind="press",
    title="De Linde neemt groothandel Vos over",
    summary="Twaalf medewerkers en het magazijn in Zutphen gaan mee.",
    body="DEVENTER – Groothandel De Linde neemt per 1 januari groothandel Vos uit Zutphen over."
    "\n\nAlle twaalf medewerkers houden hun baan.",
)
TEMPLATE = TemplateDraft(
    language="nl",
    name="Persbericht",
    kind="press",
    title="[Wie doet wat]",
    summary="[In één zin: wat is er nieuw?]",
    body="PLAATS – [De eerste alinea zegt alles.]\n\n“[Wat vindt de directeur ervan?]”",
)
SAID = ("M0110", "M0111", "M0114")
"""Who signed the list in the canteen."""


@dataclass(frozen=True, slots=True)
class Room:
    """Who writes, who agrees, who manages ICT and HR, and who reads."""

    officer: Actor
    director: Actor
    manager: Actor
    readers: tuple[Actor, ...]

    def publish(self, draft: ItemDraft, **places: Any) -> str:
        """Write an item, have it agreed to and publish it; gives its code."""
        code = self.ready(draft, **places)
        publish_items(self.officer, codes=[code])
        return code

    def ready(self, draft: ItemDraft, at: datetime | None = None, **places: Any) -> str:
        """Write an item, with when it is to come out, and have it agreed to."""
        code = write_item(self.officer, item=draft)
        place_item(self.officer, places=PlacesDraft(item=code, **places))
        if at is not None:
            schedule_item(self.officer, item=code, publish_at=at)
        ask_items_approval(self.officer, codes=[code])
        _agree(self.director, code)
        return code


def tell(room: Room, today: date) -> None:
    """Write what is on the intranet, the press page and the screen, and what waits."""
    officer = room.officer
    _faces(officer)
    _audiences(officer)
    for draft in NEWS:
        room.publish(draft, on_screens=draft.kind == "news")
    _policy(room)
    _planned(room, today)
    _notice(room)


def _faces(officer: Actor) -> None:
    set_press_page(
        officer,
        contact="Joris Vink, 0570 55 0115, pers@delinde.example",
        about="De Linde levert sinds 1987 aan winkels in heel Nederland.",
    )
    add_screen(officer, name="Hal", language="nl")
    add_item_template(officer, template=TEMPLATE)


def _audiences(officer: Actor) -> None:
    set_purpose(
        officer,
        purpose=PurposeDraft(
            code="nieuwsbrief", name="Nieuwsbrief",
            text="Stuur mij vier keer per jaar de nieuwsbrief van De Linde.",
        ),
    )  # fmt: skip
    set_list(
        officer,
        mailing_list=ListDraft(
            code="nieuwsbrief", name="Nieuwsbrief", purpose="nieuwsbrief", open=True
        ),
    )
    set_audiences(
        officer,
        audiences=[
            AudienceDraft(
                code="magazijn", name="Magazijn", parts=[PartDraft(who="hr.unit: magazijn")]
            ),
            AudienceDraft(
                code="thinkpads", name="Wie een ThinkPad heeft",
                parts=[PartDraft(who="ict.device_owners: ThinkPad T14 Gen 5")],
            ),
        ],
    )  # fmt: skip


def _policy(room: Room) -> None:
    """A policy for the warehouse and some more, in two languages; some read it already."""
    officer = room.officer
    draft = ItemDraft(
        language="nl", kind="policy", title="Til nooit alleen meer dan 15 kilo",
        summary="Met twee mensen, of met de palletwagen.", body=LIFTING,
    )  # fmt: skip
    code = write_item(officer, item=draft)
    write_text(
        officer,
        text=TextDraft(
            item=code, language="en", title="Never lift more than 15 kilos alone",
            summary="With two people, or with the pallet truck.", body=LIFTING_EN,
        ),
    )  # fmt: skip
    place_item(officer, places=PlacesDraft(item=code, must_read=True, read_days=7, pinned=True))
    ask_items_approval(officer, codes=[code])
    _agree(room.director, code)
    publish_items(officer, codes=[code])
    while ask_readers(officer, item=code):
        pass
    for reader in room.readers:
        confirm_reading(reader, item=code)
    note_readings(officer, item=code, people=SAID, note="De lijst in de kantine, getekend")


def _agree(actor: Actor, code: str) -> None:
    """Let somebody agree to an item as it is."""
    approve_items(actor, seen=[item(actor, code=code).item.seen])


def _planned(room: Room, today: date) -> None:
    """What comes out later, waits for somebody to agree, or is being written."""
    begins = datetime.combine(today + timedelta(days=20), time(14), UTC)
    room.publish(
        ItemDraft(
            language="nl", kind="event", title="Open middag in het magazijn", summary="Neem je familie mee.",
            body="Van twee tot vijf laten we zien wat er ’s nachts gebeurt.", place="Magazijn",
            event_from=begins, event_until=begins + timedelta(hours=3),
        ),
        on_press_page=True, on_screens=True,
    )  # fmt: skip
    embargo = datetime.combine(today + timedelta(days=4), time(7), UTC)
    room.ready(PRESS, at=embargo, on_press_page=True)
    asked = write_item(
        room.officer,
        item=ItemDraft(
            language="nl", kind="newsletter", title="Nieuwsbrief voor de winter", summary="Nieuw in het assortiment.",
            body="## Nieuw\n\nDe wintercollectie is binnen.\n\n## Open middag\n\nKom langs.",
        ),
    )  # fmt: skip
    place_item(room.officer, places=PlacesDraft(item=asked, on_intranet=False))
    remark_on_text(room.manager, item=asked, said="Zet de open middag bovenaan.")
    ask_items_approval(room.officer, codes=[asked])
    write_item(
        room.officer,
        item=ItemDraft(
            language="nl", title="Parkeren achter het pand", body="Nog uitzoeken bij Henk."
        ),
    )


def _notice(room: Room) -> None:
    """The server of the warehouse failed: its people are told, and two of them know it."""
    company = room.manager.company_id
    server = Server.objects.get(company_id=company, code="linde-app1").pk
    service = Service.objects.get(company_id=company, code="magazijn").pk
    add_dependency(room.manager, of="department:Magazijn", on=f"ict.service/{service}")
    code = notify_affected(
        room.manager,
        notice=NoticeDraft(
            language="nl",             about=f"ict.server/{server}", title="De scanners in het magazijn werken niet",
            body="Schrijf ontvangsten op papier; de lijsten liggen bij Henk. We verwachten dat het"
            " **om drie uur** weer werkt.",
        ),
    )  # fmt: skip
    _agree(room.officer, code)
