"""What a browser may be tricked into: other hosts, other sites' forms, a way out of the house."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.access.office import EVERYTHING, Office

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
    "/%09/evil.example",
    "http://testserver@evil.example/",
    "\t//evil.example/",
]


def is_ours(address: str) -> bool:
    parts = urlsplit(address)
    inside = parts.netloc in ("", "testserver") and parts.scheme in ("", "http")
    return inside and not address.startswith(("//", "/\\", "\\"))


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_form_sends_one_elsewhere(office: Office, elsewhere: str) -> None:
    browser = office.browsers[EVERYTHING]
    for path, given in (
        ("/kernel/do/choose-language", {"language": "en", "at_once": "1"}),
        ("/language", {"language": "en"}),
        ("/company", {"company": str(office.house.company.pk)}),
    ):
        answer = browser.post(path, {**given, "next": elsewhere})
        assert answer.status_code == 302, path
        assert is_ours(answer["Location"]), f"{path} sends to {answer['Location']}"
    opened = browser.get("/kernel/do/choose-language", {"next": elsewhere})
    links = re.findall(r'(?:href|action|hx-get|hx-post)="([^"]*)"', opened.content.decode())
    assert [each for each in map(unescape, links) if not is_ours(each)] == []


def test_a_signed_in_browser_goes_on_within_the_house_alone(office: Office) -> None:
    for elsewhere in ELSEWHERE:
        answer = office.browsers[EVERYTHING].get("/sign-in", {"next": elsewhere})
        assert answer.status_code == 302
        assert is_ours(answer["Location"]), elsewhere


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil"])
def test_another_host_gets_no_answer(office: Office, host: str) -> None:
    for path in ("/", "/sign-in", "/api/v1/kernel/companies", "/healthz"):
        assert Client().get(path, headers={"Host": host}).status_code == 400, path
