import gzip
import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

import kantoor.kernel.ui as ui
from kantoor.kernel.ui.examples.framing import PAGES
from kantoor.kernel.ui.preferences import preference

FOLDER = Path(ui.__file__).parent
BUDGET_BYTES = 300_000
LOADED = (
    "vendor/tabler/tabler.min.css", "vendor/htmx/htmx.min.js", "vendor/chart/chart.umd.js",
    "kantoor/tokens.css", "kantoor/parts.css", "kantoor/frame.css", "kantoor/pages.css", "kantoor/print.css",
    "kantoor/kantoor.js", "kantoor/charts.js", "kantoor/forms.js",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_guide_shows(guide: Client, page: str, language: str) -> None:
    guide.cookies["language"] = language
    answer = guide.get(f"/style-guide/{page}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_inline_so_that_a_strict_policy_holds(guide: Client, page: str) -> None:
    html = guide.get(f"/style-guide/{page}").content.decode()
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)
    assert "<style" not in html
    assert not re.findall(r"<script(?![^>]*(src=|application/json))", html)


def test_ids_are_unique(guide: Client) -> None:
    for page in PAGES:
        ids = re.findall(r'\sid="([^"]+)"', guide.get(f"/style-guide/{page}").content.decode())
        assert len(ids) == len(set(ids)), page


def test_the_guide_is_for_administrators(guide: Client, settings: Settings) -> None:
    settings.DEBUG = False
    assert guide.get("/style-guide").status_code == 404


def test_script_and_style_stay_within_their_budget() -> None:
    sizes = {name: len(gzip.compress((FOLDER / "static" / name).read_bytes())) for name in LOADED}
    assert sum(sizes.values()) < BUDGET_BYTES, sizes


def test_every_icon_that_templates_name_is_fetched_at_set_up() -> None:
    fetched = set((FOLDER / "icons.txt").read_text().split())
    named = {
        name
        for file in (FOLDER / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)" %}', file.read_text())
    }
    assert named <= fetched


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [("theme", "dark", 302), ("language", "nl", 302), ("theme", "pink", 400), ("other", "x", 400)],
)
def test_a_preference_is_remembered_if_it_is_one(name: str, value: str, status: int) -> None:
    request = RequestFactory().post(
        "/preferences", {"name": name, "value": value, "next": "/list?a=1"}
    )
    answer = preference(request)
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == "/list?a=1"
        assert answer.cookies[name].value == value


def test_a_preference_leads_to_no_other_site() -> None:
    fields = {"name": "theme", "value": "dark", "next": "https://evil.example/"}
    assert preference(RequestFactory().post("/preferences", fields))["Location"] == "/"
