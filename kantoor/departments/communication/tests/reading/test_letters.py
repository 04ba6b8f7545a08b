"""Letters about what is to be read: as a page with a button, and the same as text beside it."""

import re
from email.message import EmailMessage
from html import unescape

from kantoor.departments.communication.queries.reading.addresses import confirm_path
from kantoor.departments.communication.tests.reading.readers import (
    EVA,
    PIET,
    Clock,
    Readers,
    work,
)
from kantoor.kernel.actors.users import change_user
from kantoor.kernel.mail.models import MailOut, MailTo
from kantoor.kernel.mail.sending import composed
from kantoor.kernel.parties.employees import EmployeeChange, change_employees

HOUSE = "https://bakker.example"


def latest(address: str) -> EmailMessage:
    """The last letter to an address, as it goes out."""
    rows = MailTo.objects.select_related("mail__mailbox").order_by("-pk")
    return composed(rows.filter(address=address)[0])


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body(preferencelist=(kind,))
    assert found is not None
    text: str = found.get_content()
    return text


def buttons(page: str) -> list[tuple[str, str]]:
    """Where the buttons of a letter lead, and what they say."""
    found = re.findall(r'<a class="act" href="([^"]+)"[^>]*>([^<]+)</a>', page)
    return [(unescape(url), unescape(said)) for url, said in found]


def test_who_is_asked_gets_a_page_with_a_button_and_the_same_as_text(readers: Readers) -> None:
    code = readers.policy("Lift <what> is heavy")
    work()
    message = latest(EVA)
    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    page, text = part(message, "html"), part(message, "plain")
    assert buttons(page) == [(f"{HOUSE}/communication/news/{code}", "Read it and say so")]
    assert f"{HOUSE}/communication/news/{code}" in text
    assert (
        "Lift &lt;what&gt; is heavy</h1>" in page and message["Subject"] == "Lift <what> is heavy"
    )
    assert "With two people." in page and "With two people." in text
    assert "Please read this" in page and "Please read this" in text
    # What one has to sign in for is not told in full, and nobody notes that it was opened.
    assert "together" not in page + text
    assert "<script" not in page and "<img" not in page


def test_a_crisis_is_told_in_full_with_the_button_that_confirms_it(readers: Readers) -> None:
    code = readers.policy("Leave the building", kind="crisis")
    work()
    page = part(latest(EVA), "html")
    assert "<strong>together</strong>" in page
    path = confirm_path(readers.asked(code)["E1"])
    assert buttons(page) == [(f"{HOUSE}{path}", "Confirm that you read it")]
    assert "On the intranet" not in page and "No more of this mail" not in page


def test_a_letter_is_in_the_language_of_its_reader(readers: Readers) -> None:
    admin = readers.house.administrator
    change_employees(admin, changes=[EmployeeChange(code="E2", language="nl")])
    readers.policy("Leave the building", kind="crisis")
    work()
    languages = {
        each.address: re.findall(r'<html lang="(\w+)"', each.mail.html)
        for each in MailTo.objects.select_related("mail")
    }
    assert languages[EVA] == ["en"] and languages[PIET] == ["nl"]
    assert [said for _url, said in buttons(part(latest(PIET), "html"))] == [
        "Bevestig dat je het las"
    ]


def test_who_is_told_of_it_gets_the_names_as_a_list(readers: Readers, clock: Clock) -> None:
    change_user(readers.house.administrator, user="lot", email="lot@bakker.example", language="en")
    readers.policy(days=7)
    work()
    clock.on(days=7)
    work()
    mail = MailOut.objects.filter(subject__startswith="Not read in time").order_by("pk")[0]
    names = re.findall(r"<li[^>]*>([^<]+)</li>", mail.html)
    assert sorted(names) == ["Ans Smit", "Eva Erven", "Nour Aziz", "Piet Vos"]
    assert all(f"- {name}\n" in mail.body for name in names)
    ((url, said),) = buttons(mail.html)
    assert said == "See who did not read it" and url in mail.body


def test_without_an_address_of_the_house_there_is_no_button(
    readers: Readers, settings: object
) -> None:
    settings.ADDRESS = ""  # type: ignore[attr-defined]
    readers.policy("Leave the building", kind="crisis")
    work()
    page = part(latest(EVA), "html")
    assert buttons(page) == [] and "<strong>together</strong>" in page
