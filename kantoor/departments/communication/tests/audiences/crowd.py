"""A company with a communication officer and people to write to, made with few words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kantoor.departments.communication.actions.audiences.lists import set_list
from kantoor.departments.communication.actions.audiences.purposes import set_purpose
from kantoor.departments.communication.actions.audiences.setting import set_audience
from kantoor.departments.communication.actions.audiences.subscribing import add_subscribers
from kantoor.departments.communication.drafts_audiences import (
    AudienceDraft,
    ListDraft,
    PartDraft,
    PurposeDraft,
    SubscriberDraft,
)
from kantoor.departments.communication.models import Audience
from kantoor.departments.communication.queries.audiences.resolving import recipients_of
from kantoor.departments.communication.recipients import Recipient
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from tests.founded import House, found
from tests.remembered import remembered

NEWS = "Yes, mail me the newsletter of Bakker, four times a year."


@dataclass
class Crowd:
    """`dana` is communication's. Eva (E1), Bo (E2) and Cas (E3, no address) work here."""

    house: House
    dana: Actor

    @property
    def company_id(self) -> int:
        return self.dana.company_id

    def audience(self, *who: str, without: Sequence[str] = (), **more: Any) -> Audience:
        """An audience of these questions, less some others."""
        parts = [PartDraft(who=each) for each in who]
        parts += [PartDraft(who=each, left_out=True) for each in without]
        code = more.pop("code", "some")
        draft = AudienceDraft(code=code, name=more.pop("name", "Some"), parts=parts, **more)
        set_audience(self.house.administrator, audience=draft)
        return Audience.objects.get(company_id=self.company_id, code=code)

    def newsletter(self, *addresses: str, is_open: bool = True) -> Audience:
        """The audience of the list `news`, whose purpose is `news`, with these addresses on it."""
        set_purpose(self.dana, purpose=PurposeDraft(code="news", name="Newsletter", text=NEWS))
        draft = ListDraft(code="news", name="News of Bakker", purpose="news", open=is_open)
        set_list(self.dana, mailing_list=draft)
        self.put(*addresses)
        return self.audience("communication.mailing_list: news", code="readers", purpose="news")

    def put(self, *addresses: str) -> None:
        """Put addresses on the list `news`."""
        add_subscribers(
            self.dana,
            mailing_list="news",
            subscribers=[SubscriberDraft(address=each) for each in addresses],
            source="Fair of Utrecht",
        )

    def reached(self, audience: Audience | None, **more: Any) -> list[str]:
        """The addresses that an audience reaches."""
        return [each.address for each in recipients_of(self.dana, audience, **more)]

    def recipient(self, address: str, audience: Audience | None = None) -> Recipient:
        """Somebody whom an audience reaches."""
        return next(e for e in recipients_of(self.dana, audience) if e.address == address)


@action(permission="tests.write", title="Add a mailbox for a test", hidden=True)
def add_mailbox_for_test(actor: Actor, /) -> None:
    """A mailbox that mail goes out from."""
    Mailbox.objects.create(
        company_id=actor.company_id, purpose="communication", name="News",
        address="news@bakker.example", sender_name="Bakker", host="127.0.0.1", port=1,
        security="none", user="news", password="", created_at=timezone.now(),
    )  # fmt: skip


def begin_crowd(name: str = "Bakker BV") -> Crowd:
    """Found a company with people in it."""
    return remembered(("crowd", name), lambda: _begun(name))


def _begun(name: str) -> Crowd:
    house = found(name)
    dana = house.person("dana", "communication_officer")
    add_employees(
        house.administrator,
        employees=[
            EmployeeDraft(code="E1", name="Eva", email="Eva@bakker.example", phone="+31201"),
            EmployeeDraft(code="E2", name="Bo", email="bo@bakker.example", language="nl"),
            EmployeeDraft(code="E3", name="Cas", phone="+31203"),
        ],
    )
    return Crowd(house, dana)
