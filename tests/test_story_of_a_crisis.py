"""A server fails, and exactly those who use what runs on it are told, over real mail.

ICT's manager tells it from the page of the server, somebody else agrees, and it goes out by mail and
on the intranet. Those who say that they know are left in peace; the others are reminded, listed,
and told of to their managers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from kantoor.departments.communication.actions.items.working import publish_what_is_due
from kantoor.departments.communication.actions.reading.notifying import notify_affected
from kantoor.departments.communication.drafts_reading import NoticeDraft
from kantoor.departments.communication.errors import Careless, NotReady, OwnWork, UnknownAudience
from kantoor.departments.communication.models import IncidentNotice, Item
from kantoor.departments.communication.queries.pages.news import news
from kantoor.departments.communication.queries.reading.affected import who_is_affected
from kantoor.departments.communication.queries.reading.own import people_to_read
from kantoor.departments.communication.queries.reading.register import readings
from kantoor.departments.communication.queries.reading.standing import reading_stands
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.communication.tests.reading.readers import (
    Clock,
    open_mailbox_for_test,
    signed_in,
    work,
)
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.hr.tests.people.staff import BEGAN, FULL_TIME
from kantoor.departments.ict.actions.accounts.keeping import open_account
from kantoor.departments.ict.actions.cases.desk import add_queue, add_service
from kantoor.departments.ict.actions.cases.opening import open_case
from kantoor.departments.ict.actions.servers.checks import add_check
from kantoor.departments.ict.actions.servers.registering import add_server
from kantoor.departments.ict.actions.servers.watching import due_checks, keep_answers
from kantoor.departments.ict.drafts import CaseDraft
from kantoor.departments.ict.drafts_servers import CheckDraft, ServerDraft
from kantoor.departments.ict.models import Case, Server
from kantoor.departments.ict.watching.questions import Answer
from kantoor.kernel.actors.actor import Actor, installation_actor
from kantoor.kernel.actors.users import choose_language
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.inboxes import inbox
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.delivering import send_mail
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests.post import Post, open_post_of
from kantoor.kernel.record.verify.system import verify
from tests.founded import House, found

AFFECTED = ("emma", "karim", "lena", "mia")
"""Who has an account in the shop: Mia's mail comes back, and Karim has no account here to sign in."""


@dataclass
class Company:
    """`ivo` manages ICT, `lot` is of communication; `max` manages Emma, Karim and Lena."""

    house: House
    post: Post
    ivo: Actor
    lot: Actor
    max: Actor
    emma: Actor
    lena: Actor
    omar: Actor

    @property
    def server(self) -> Server:
        return Server.objects.get(code="web-01")

    def work(self) -> None:
        """Let the jobs run that come by themselves, and the mail go out."""
        publish_what_is_due.enqueue_once("scheduled", installation_actor())
        work_off()
        work()
        send_mail.enqueue_once("scheduled", installation_actor())
        work_off()

    def subjects(self, name: str) -> list[str]:
        """What somebody got by mail, in order."""
        return [message.subject for message in self.post.to(f"{name}@bakker.example")]


@pytest.fixture
def company(db: None, settings: Settings) -> Iterator[Company]:
    """A company whose web shop runs on a server that is watched."""
    settings.ADDRESS = "https://bakker.example"
    with open_post_of(settings) as post:
        yield _company(post)


def _company(post: Post) -> Company:
    house = found()
    ivo, lot = house.person("ivo", "ict_manager"), house.person("lot", "communication_officer")
    names = ("max", "emma", "lena", "omar", "mia")
    people = {name: house.person(name, "employee") for name in names}
    hire_employees(
        house.administrator,
        employees=[
            _hired("max", "M1", sign_in="max"),
            _hired("emma", "E1", sign_in="emma", manager="M1"),
            _hired("karim", "E2", manager="M1"),
            _hired("lena", "E3", sign_in="lena", manager="M1"),
            _hired("omar", "E4", sign_in="omar", manager="M1"),
            _hired("mia", "E5", sign_in="mia"),
        ],
    )
    admin = house.administrator
    add_queue(admin, code="desk", name="First line", members=["ivo"])
    add_service(admin, code="shop", name="Web shop", criticality=1)
    add_service(admin, code="files", name="Files", criticality=2)
    add_server(
        admin,
        server=ServerDraft(
            code="web-01", name="Web one", address="web-01.example", services=["shop"]
        ),
    )
    add_check(
        admin, check=CheckDraft(server="web-01", name="site", kind="http", target="/", fails=1)
    )
    for code in ("E1", "E2", "E3", "E5"):
        open_account(admin, party=code, system="Web shop", name=code.lower())
    open_account(admin, party="E4", system="Files", name="e4")
    for each in people.values():
        choose_language(each, language="en")
    people = {name: house.again(name) for name in names}
    open_mailbox_for_test(lot)
    post.answers["mia@bakker.example"] = "550 5.1.1 nobody here"
    return Company(
        house, post, ivo, lot, people["max"], people["emma"], people["lena"], people["omar"]
    )


def _hired(name: str, code: str, **more: Any) -> HireDraft:
    return HireDraft(
        name=name.title(), employee=code, start=BEGAN, email=f"{name}@bakker.example", **more,
        **FULL_TIME,
    )  # fmt: skip


def _fails() -> None:
    """The check says that the server is down."""
    now = timezone.now()
    checks = due_checks(now + timedelta(days=1))
    keep_answers(checks, {each.pk: Answer(False, "status 500", None) for each in checks}, now)


def words(letter: Message) -> str:
    """All that a letter says, as text and as a page."""
    texts = [each for each in letter.own_parts() if each.media_type.startswith("text/")]
    assert [each.media_type for each in texts] == ["text/plain", "text/html"]
    return "\n".join(each.text() for each in texts)


def test_a_servers_failure_reaches_exactly_those_affected_and_who_is_silent_is_escalated(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    _fails()
    case = Case.objects.get()
    about = f"ict.server/{company.server.pk}"

    # ICT's manager finds the button on the page of the server, and of its incident.
    ivo = signed_in(company.ivo)
    for page in ("/ict/servers/web-01", f"/ict/cases/{case}"):
        assert "/communication/do/notify-affected" in ivo.get(page).content.decode(), page
    form = ivo.get(f"/communication/do/notify-affected?notice.about={about}").content.decode()
    assert "Lena" in form and "Omar" not in form
    affected = who_is_affected(company.ivo, about=about)
    assert (affected.people, affected.names) == (4, ["Emma", "Karim", "Lena", "Mia"])
    answer = ivo.post(
        "/communication/do/notify-affected",
        {
            "notice.about": about, "notice.title": "The web shop is down",
            "notice.body": "Write orders on paper; we work on it.", "notice.language": "en",
        },
    )  # fmt: skip
    item = Item.objects.get()
    assert answer.status_code == 302, answer.content.decode()
    assert IncidentNotice.objects.get().about == about

    # Nobody gets anything before somebody else agreed to it.
    company.work()
    assert company.post.taken == []
    with pytest.raises(OwnWork):
        agree(company.ivo, item.code)
    clock.on(seconds=30)
    agree(company.lot, item.code)
    company.work()

    # By mail: exactly those affected, each once.
    got = {recipient for _from, to, _message in company.post.taken for recipient in to}
    assert got == {f"{name}@bakker.example" for name in ("emma", "karim", "lena")}
    assert company.subjects("emma") == ["The web shop is down"]
    rows = {row.person: row for row in readings(company.lot, item=item.code).rows}
    assert set(rows) == {name.title() for name in AFFECTED}
    assert (rows["Mia"].mail, rows["Emma"].mail) == ("failed", "sent")

    # And on the intranet: in the news and inbox of those, of nobody else.
    assert [row.code for row in news(company.emma).rows] == [item.code]
    assert news(company.omar).rows == []
    assert [row.kind for row in inbox(company.lena).rows] == ["communication.to_read"]
    assert inbox(company.omar).rows == []

    # Emma says so on the page; Karim has no account, and uses the address in his mail.
    done = signed_in(company.emma).post(
        "/communication/do/confirm-reading", {"item": item.code, "at_once": "1"}
    )
    assert done.status_code == 302
    (letter,) = company.post.to("karim@bakker.example")
    # The text and the page beside it lead to the same place.
    (path,) = set(
        re.findall(r"https://bakker\.example(/communication/confirm/[^\s\"]+)", words(letter))
    )
    page = Client().get(path).content.decode()
    assert "Write orders on paper" in page
    assert Client().post(path).status_code == 200

    # Somebody more turns out to be affected, and is told then.
    open_case(company.ivo, case=CaseDraft(title="I can't order", service="shop", requester="E4"))
    company.work()
    assert company.subjects("omar") == ["The web shop is down"]
    assert [row.code for row in news(company.omar).rows] == [item.code]

    # Who is silent is reminded within the hour.
    clock.on(minutes=35)
    company.work()
    assert company.subjects("lena") == ["The web shop is down", "To read: The web shop is down"]
    assert company.subjects("emma") == ["The web shop is down"]
    assert company.subjects("karim") == ["The web shop is down"]
    assert company.subjects("max") == []

    # After it they are listed, and their manager hears it; Mia has none, so the writer sees it.
    clock.on(minutes=30)
    company.work()
    (told,) = company.post.to("max@bakker.example")
    assert told.subject == "Not read in time: The web shop is down"
    assert "Lena" in words(told) and "Omar" in words(told)
    assert not any(name in words(told) for name in ("Emma", "Karim", "Mia"))
    silent = readings(company.lot, item=item.code, state="late", sort="person").rows
    assert [(row.person, row.stage, row.told) for row in silent] == [
        ("Lena", "escalated", "Max"),
        ("Mia", "escalated", ""),
        ("Omar", "escalated", "Max"),
    ]
    assert {row.person for row in people_to_read(company.max).rows} == {"Lena", "Omar"}
    assert {row.kind for row in inbox(company.max).rows} == {"communication.people_to_read"}
    stands = reading_stands(company.lot, item=item.code)
    assert stands is not None
    assert (stands.asked, stands.confirmed, stands.late, stands.share) == (5, 2, 3, 40)
    assert verify().ok


def test_a_notice_to_nobody_or_to_everybody_is_not_sent_by_mistake(company: Company) -> None:
    server = f"ict.server/{company.server.pk}"
    notice = NoticeDraft(about=server, title="Down", body="We work on it.")
    add_server(company.house.administrator, server=ServerDraft(code="lone-01"))
    lone = f"ict.server/{Server.objects.get(code='lone-01').pk}"
    with pytest.raises(NotReady, match="nobody is affected"):
        notify_affected(
            company.ivo, notice=NoticeDraft(about=lone, title="Down", body="We work on it.")
        )
    with pytest.raises(UnknownAudience):
        notify_affected(
            company.ivo, notice=NoticeDraft(about="ict.server/0", title="Down", body="Words.")
        )
    with pytest.raises(NotAllowed):
        notify_affected(company.emma, notice=notice)
    for code in ("M1", "E4"):
        open_account(company.house.administrator, party=code, system="Web shop", name=code)
    with pytest.raises(Careless, match="everybody: 6"):
        notify_affected(company.ivo, notice=notice)
    assert not Item.objects.exists()
    assert notify_affected(company.ivo, notice=notice, confirmed=6)


def test_who_may_publish_tells_it_at_once_and_is_checked_after(company: Company) -> None:
    admin = company.house.administrator
    code = notify_affected(
        admin,
        notice=NoticeDraft(
            about=f"ict.server/{company.server.pk}", title="Down", body="We work on it."
        ),
    )
    item = Item.objects.get(code=code)
    assert (item.state, item.awaits, item.kind) == ("published", True, "crisis")
    company.work()
    assert company.subjects("emma") == ["Down"]
