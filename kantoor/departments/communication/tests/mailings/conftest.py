"""A company whose communication officer sends mailings, and a mail server that takes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from kantoor.departments.communication.actions.items.agreeing import ask_item_approval
from kantoor.departments.communication.actions.items.placing import place_item
from kantoor.departments.communication.actions.items.publishing import correct_item, publish_item
from kantoor.departments.communication.actions.items.writing import write_item, write_text
from kantoor.departments.communication.actions.mailings.sending import send_mailings
from kantoor.departments.communication.actions.mailings.sending_off import send_item
from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft, TextDraft
from kantoor.departments.communication.models import Mailing, MailingTo
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, installation_actor
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.sealing import locked
from kantoor.kernel.mail.tests.post import Post, open_post_of
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from tests.founded import House, found
from tests.remembered import remembered


@action(permission="tests.write", title="Do something with mailings", hidden=True)
def do_to_mailings(actor: Actor, /, *, work: object) -> object:
    """Run within an action."""
    assert callable(work)
    return work()


@dataclass
class Newsroom:
    """Nora writes and sends, Dirk agrees; Eva, Bo and Cas work here."""

    house: House
    nora: Actor
    dirk: Actor
    mailbox: str

    def publish(self, title: str = "New hall", *, must_read: bool = False, **more: Any) -> str:
        """Write, agree to and publish an item in Dutch and English; gives its code."""
        given = {"kind": "newsletter", "body": "Come **and look** at https://example.org/hall.\n",
                 "summary": "It is open.", "language": "en"}  # fmt: skip
        code = write_item(self.nora, item=ItemDraft(title=title, **{**given, **more}))
        dutch = TextDraft(item=code, language="nl", title=f"NL {title}", body="Kom **kijken**.\n")
        write_text(self.nora, text=dutch)
        if must_read:
            place_item(self.nora, places=PlacesDraft(item=code, must_read=True))
        ask_item_approval(self.nora, item=code)
        agree(self.dirk, code)
        publish_item(self.nora, item=code)
        return code

    def correct(self, code: str, title: str = "Old hall", body: str = "Stay away.\n") -> None:
        """Publish another text of an item, in Dutch and English, that Dirk agreed to."""
        for language in ("en", "nl"):
            named = title if language == "en" else f"NL {title}"
            text = TextDraft(item=code, language=language, title=named, body=body)
            write_text(self.nora, text=text)
        ask_item_approval(self.nora, item=code)
        agree(self.dirk, code)
        correct_item(self.nora, item=code, note="It was wrong")

    def send(self, item: str = "", **more: Any) -> str:
        """Send an item to everybody who works here; gives the mailing's name."""
        given = {"confirmed": self.everybody(), **more}
        return send_item(self.nora, item=item or self.publish(), **given)

    def everybody(self) -> int:
        """How many work here and have an address."""
        from kantoor.departments.communication.queries.audiences.resolving import size_of

        return size_of(self.nora, None)

    def states(self) -> dict[str, str]:
        """What became of each address."""
        return dict(MailingTo.objects.values_list("address", "state"))


def run() -> None:
    """Let the job do what is due."""
    send_mailings.enqueue_once("scheduled", installation_actor())
    work_off()


def due_again() -> None:
    """As if the time had come for all that waits."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE communication_mailing_to SET next_at = %s", [now])
        cursor.execute("UPDATE communication_mailing SET next_at = %s", [now])


def state_of(mailing: str) -> str:
    """The state of a mailing."""
    return Mailing.objects.get(uid=mailing).state


def mailbox_of(house: House, address: str = "news@kantoor.example") -> Mailbox:
    """A mailbox of communication."""

    def make() -> Mailbox:
        return Mailbox.objects.create(
            company=house.company, purpose="communication", name="News", address=address,
            sender_name="Bakker BV", host="127.0.0.1", port=143, security="none", user="news",
            password=locked("secret"), created_at=timezone.now(),
        )  # fmt: skip

    made = do_to_mailings(house.administrator, work=make)
    assert isinstance(made, Mailbox)
    return made


@pytest.fixture
def newsroom(db: None, settings: Settings) -> Newsroom:
    """A company with an officer, a director, a mailbox and three employees with an address."""
    settings.SMTP = "smtp://127.0.0.1:9"
    return remembered("newsroom", _begun)


def _begun() -> Newsroom:
    house = found("Bakker BV")
    mailbox = mailbox_of(house)
    add_employees(
        house.administrator,
        employees=[
            EmployeeDraft(name="Eva Smit", email="eva@example.org", language="nl", phone="+31612"),
            EmployeeDraft(name="Bo Vos", email="bo@example.org", language="en"),
            EmployeeDraft(name='Cas O\'Dea "<x>"', email="cas@example.org", language="en"),
        ],
    )
    nora = house.person("nora", "communication_officer")
    return Newsroom(house, nora, house.person("dirk", "director"), mailbox.name)


@pytest.fixture
def post(newsroom: Newsroom, settings: Settings) -> Iterator[Post]:
    """A mail server on this machine that mail is handed in at."""
    with open_post_of(settings) as opened:
        yield opened
