"""A company whose people are asked to read things, made with few words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    ask_item_approval,
)
from kantoor.departments.communication.actions.items.placing import place_item
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.reading.asking import (
    ask_first_readers,
    ask_later_readers,
)
from kantoor.departments.communication.actions.reading.reminding import remind_of_reading
from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft
from kantoor.departments.communication.models import (
    Audience,
    AudiencePart,
    ReadingAsked,
    ReadingStep,
)
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, installation_actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.users import choose_language
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from kantoor.shell.signing_in import session
from tests.founded import House, found
from tests.remembered import remembered

EVA, PIET, NOUR = "eva@bakker.example", "piet@bakker.example", "nour@bakker.example"


class Clock:
    """What time it is, for all that asks Django; it stands until it is put on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = timezone.now()
        patch.setattr(timezone, "now", lambda: self.now)

    def on(self, **later: float) -> datetime:
        """Put it on by so many hours, minutes or days."""
        self.now += timedelta(**later)
        return self.now


@dataclass
class Readers:
    """`lot` writes, `mo` agrees; `eva` (E1) reads English, Piet (E2) has no account, `nour` (E3) has
    one and an address, Ans (E4) has neither.
    """

    house: House
    lot: Actor
    mo: Actor
    eva: Actor
    nour: Actor

    def policy(self, title: str = "How we lift", days: int = 7, **more: Any) -> str:
        """The code of a policy that everybody must read, and that is out; nobody is asked yet."""
        places = {name: more.pop(name) for name in ("audience",) if name in more}
        item = ItemDraft(
            kind=more.pop("kind", "policy"), title=title, summary="With two people.",
            body="Lift **together**.", **more,
        )  # fmt: skip
        code = write_item(self.lot, item=item)
        place_item(
            self.lot, places=PlacesDraft(item=code, must_read=True, read_days=days, **places)
        )
        ask_item_approval(self.lot, item=code)
        agree(self.mo, code)
        publish_item(self.lot, item=code)
        return code

    def asked(self, item: str) -> dict[str, ReadingAsked]:
        """Who is asked to read an item in its last round, by number."""
        found = ReadingAsked.objects.filter(round__item__code=item).order_by("round__number")
        return {row.party.code: row for row in found.select_related("party", "round")}

    def steps(self, item: str, code: str) -> list[str]:
        """What was done about somebody's reading, in order."""
        rows = ReadingStep.objects.filter(reading__round__item__code=item)
        mine = rows.filter(reading__party__code=code)
        return list(mine.order_by("pk").values_list("what", flat=True))


def work() -> None:
    """Let the jobs of reading run that come by themselves."""
    for each in (ask_first_readers, ask_later_readers, remind_of_reading):
        each.enqueue_once("scheduled", installation_actor())
    work_off()


def signed_in(actor: Actor) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    person = User.objects.get(pk=actor.user_id or 0)
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()
    return client


@action(permission="communication.manage_channels", title="Open a mailbox", hidden=True)
def open_mailbox_for_test(actor: Actor, /) -> None:
    """Give communication a mailbox to write from."""
    Mailbox.objects.create(
        company_id=actor.company_id, purpose="communication", name="press",
        address="news@bakker.example", sender_name="Bakker", host="localhost", port=1,
        security="none", user="news", password="x", created_at=timezone.now(),
    )  # fmt: skip


@action(permission="communication.manage_audiences", title="Make an audience", hidden=True)
def make_audience_for_test(actor: Actor, /, *, code: str, parties: "list[str]") -> None:
    """An audience of these people by number; the same code again makes it of others."""
    known = Audience.objects.filter(company_id=actor.company_id, code=code).first()
    row = known or Audience.objects.create(
        company_id=actor.company_id, code=code, name=code, changed_at=timezone.now()
    )
    AudiencePart.objects.filter(audience=row).delete()
    AudiencePart.objects.bulk_create(
        AudiencePart(audience=row, kind="communication.party", value=each) for each in parties
    )


def begin_readers(name: str = "Bakker BV") -> Readers:
    """Found a company with four people who read."""
    return remembered(("readers", name), lambda: _begun(name))


def _begun(name: str) -> Readers:
    house = found(name)
    lot = house.person("lot", "communication_officer")
    mo = house.person("mo", "communication_officer")
    eva, nour = house.person("eva", "employee"), house.person("nour", "employee")
    add_employees(
        house.administrator,
        employees=[
            EmployeeDraft(code="E1", name="Eva Erven", email=EVA, language="en", sign_in="eva"),
            EmployeeDraft(code="E2", name="Piet Vos", email=PIET, language="en"),
            EmployeeDraft(code="E3", name="Nour Aziz", email=NOUR, sign_in="nour"),
            EmployeeDraft(code="E4", name="Ans Smit"),
        ],
    )
    for each in (eva, nour):
        choose_language(each, language="en")
    open_mailbox_for_test(lot)
    return Readers(house, lot, mo, house.again("eva"), house.again("nour"))
