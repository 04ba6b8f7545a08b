"""A company with people who write, agree and publish, made with few words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    ask_item_approval,
)
from kantoor.departments.communication.actions.items.placing import schedule_item
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.models import Item
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from tests.founded import House, found
from tests.remembered import remembered


@dataclass
class Newsroom:
    """Lot and Mo are communication officers, Dirk directs, Hans is of HR, Eva works here."""

    house: House
    lot: Actor
    mo: Actor
    dirk: Actor
    hans: Actor
    eva: Actor

    def written(
        self, title: str = "The canteen opens", body: str = "At *noon*.", **more: Any
    ) -> str:
        """The code of an item that Lot wrote."""
        return write_item(
            self.lot, item=ItemDraft(**{"language": "en"} | more, title=title, body=body)
        )

    def approved(self, title: str = "The canteen opens", **more: Any) -> str:
        """The code of an item that Lot wrote and Mo agreed to."""
        code = self.written(title, **more)
        ask_item_approval(self.lot, item=code)
        agree(self.mo, code)
        return code

    def published(self, title: str = "The canteen opens", **more: Any) -> str:
        """The code of an item that is out."""
        code = self.approved(title, **more)
        publish_item(self.lot, item=code)
        return code

    def planned(self, title: str = "We buy the mill", hours: int = 2, **more: Any) -> str:
        """The code of an approved press release under embargo."""
        code = self.written(title, kind="press", **more)
        schedule_item(self.lot, item=code, publish_at=timezone.now() + timedelta(hours=hours))
        ask_item_approval(self.lot, item=code)
        agree(self.mo, code)
        return code

    def item(self, code: str) -> Item:
        """The item as it is now."""
        return Item.objects.get(company_id=self.lot.company_id, code=code)


@action(permission="communication.publish_items", title="Let time pass for a test", hidden=True)
def let_time_come_for_test(actor: Actor, /, *, code: str) -> None:
    """Make an item due, as the time that passes would."""
    row = Item.objects.get(company_id=actor.company_id, code=code)
    row.publish_at = timezone.now() - timedelta(seconds=1)
    row.save()


def begin_newsroom(name: str = "Bakker BV") -> Newsroom:
    """Found a company with a newsroom."""
    return remembered(("room of writers", name), lambda: _begun(name))


def _begun(name: str) -> Newsroom:
    house = found(name)
    return Newsroom(
        house,
        house.person("lot", "communication_officer"),
        house.person("mo", "communication_officer"),
        house.person("dirk", "director"),
        house.person("hans", "hr_officer"),
        house.person("eva", "employee"),
    )
