"""The pages of mail: in both languages, with what can be done, and nothing that a mail could do."""

import pytest
from django.test import Client

from kantoor.departments.ict.actions.mail.arriving import keep_mail
from kantoor.departments.ict.actions.mail.mailboxes import MailboxDraft, add_mailbox
from kantoor.departments.ict.actions.mail.working import place_new
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.mail.models import MailIn, MailOut
from kantoor.kernel.mail.tests.letters import letter
from tests.founded import PASSWORD

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def signed_in(name: str) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"user": name, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def page(client: Client, address: str, language: str = "en") -> str:
    client.cookies["language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def mail(desk: Desk) -> Desk:
    """A desk with a mailbox, a message with its case, and one that is held."""
    add_mailbox(
        desk.anne,
        mailbox=MailboxDraft(
            name="Desk/1", address="desk@kantoor.example", sender_name="ICT", host="imap.example",
            user="desk", password="secret",
        ),
    )  # fmt: skip
    body = f"{EVIL}\n\nOn Monday ICT wrote:\n> quoted before"
    mails = [
        letter(body, message_id="<1@x>", subject=EVIL).raw,
        letter("News", message_id="<2@x>", list_id="<news>", subject="Our news").raw,
    ]
    keep_mail(desk.bo, contents=mails)
    place_new(desk.bo)
    return desk


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Mail that came in"), ("nl", "Binnengekomen mail")]
)
def test_the_registers_are_pages_in_both_languages(mail: Desk, language: str, word: str) -> None:
    client = signed_in("bo")
    assert word in page(client, "/ict/mail", language)
    for address in ("/ict/mail-sent", "/ict/mailboxes", "/ict/unreachable"):
        page(client, address, language)
    assert "Our news" in page(client, "/ict/mail?state=held", language)
    assert "bo@example.org" in page(client, "/ict/mail-sent", language)
    assert "secret" not in page(client, "/ict/mailboxes/Desk%2F1", language)


def test_a_message_is_shown_harmless_and_downloaded_as_it_came(mail: Desk) -> None:
    client, row = signed_in("bo"), MailIn.objects.order_by("pk")[0]
    shown = page(client, f"/ict/mail/{row.pk}")
    assert EVIL not in shown
    assert "quoted before" in shown
    answer = client.get(f"/ict/mail/{row.pk}/raw")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert EVIL.encode() in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert EVIL not in page(client, f"/ict/mail-sent/{MailOut.objects.get().pk}")


def test_what_was_laid_out_is_shown_without_what_acts(mail: Desk) -> None:
    html = f"<p>Dear <b>desk</b></p>{EVIL}<img src='https://spy.example/1.gif'>"
    sent = letter(html, content_type="text/html", message_id="<3@x>")
    (key,) = keep_mail(mail.bo, contents=[sent.raw])
    shown = page(signed_in("bo"), f"/ict/mail/{key}")
    assert "<b>desk</b>" in shown
    assert EVIL not in shown
    assert "spy.example" not in shown


def test_the_page_of_a_case_shows_its_mail_and_who_takes_part(mail: Desk) -> None:
    client, row = signed_in("bo"), MailIn.objects.order_by("pk")[0]
    shown = page(client, f"/ict/cases/{Case.objects.get()}")
    assert f"/ict/mail/{row.pk}" in shown
    assert f"/ict/mail-sent/{MailOut.objects.get().pk}" in shown
    assert "bo@example.org" in shown
    assert EVIL not in shown


def test_held_mail_is_decided_on_at_its_page(mail: Desk) -> None:
    client, row = signed_in("bo"), MailIn.objects.get(state="held")
    shown = page(client, f"/ict/mail/{row.pk}")
    for step in ("open-case-of-mail", "attach-mail", "ignore-mail"):
        assert step in shown
    answer = client.post("/ict/do/open-case-of-mail", {"mail": str(row.pk)})
    assert answer.status_code == 302
    assert Case.objects.filter(title="Our news").exists()


def test_the_forms_of_mailboxes_hide_the_password(mail: Desk) -> None:
    mail.house.person("ida", "ict_manager")
    client = signed_in("ida")
    assert 'type="password"' in page(client, "/ict/do/add-mailbox")
    change = page(client, "/ict/do/change-mailbox?change.name=Desk%2F1")
    assert "imap.example" in change
    assert "secret" not in change


def test_who_may_not_read_cases_sees_no_mail(mail: Desk) -> None:
    client, row = signed_in("eva"), MailIn.objects.order_by("pk")[0]
    for address in (
        "/ict/mail",
        f"/ict/mail/{row.pk}",
        f"/ict/mail/{row.pk}/raw",
        "/ict/mailboxes",
    ):
        assert client.get(address).status_code in (403, 404), address
