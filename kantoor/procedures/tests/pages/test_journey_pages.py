"""Journeys that come ready, on their page: which are used, and taking them into use."""

from kantoor.procedures.models import Procedure
from kantoor.procedures.queries.journeys import journeys_there_are
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.pages.conftest import Browser
from kantoor.procedures.tests.pages.test_task_pages import text
from kantoor.procedures.web.register.journeys import permission_titles

JOURNEYS = "/procedures/journeys"
USE = "/procedures/do/use-journeys"


def test_one_is_used_with_its_button_and_the_others_with_one(
    office: Office, browser: Browser
) -> None:
    anne = browser(office.anne)
    assert f'href="{JOURNEYS}"' in anne.get("/procedures/procedures").content.decode()
    page = anne.get(JOURNEYS)
    content = page.content.decode()
    assert content.count(f'action="{USE}"') == 10
    assert "Use all" in text(page)
    for each in journeys_there_are().values():
        assert each.name in text(page)
    given = {"journeys": '["joiner"]', "at_once": "1", "next": JOURNEYS}
    assert anne.post(USE, given)["Location"] == JOURNEYS
    page = anne.get(JOURNEYS)
    assert "1 journey is in use." in text(page)
    assert page.content.decode().count(f'action="{USE}"') == 9
    assert 'href="/procedures/procedures/joiner"' in page.content.decode()
    assert "Use all others" in text(page)

    rest = [each for each in journeys_there_are() if each != "joiner"]
    named = "[" + ",".join(f'"{each}"' for each in rest) + "]"
    anne.post(USE, {"journeys": named, "at_once": "1", "next": JOURNEYS})
    assert Procedure.objects.exclude(published=None).count() == 9
    page = anne.get(JOURNEYS)
    assert "8 journeys are in use." in text(page)
    assert USE not in page.content.decode()


def test_what_the_account_of_each_may_do_is_said_in_words(office: Office, browser: Browser) -> None:
    said = text(browser(office.anne).get(JOURNEYS))
    titles = permission_titles()
    for each in journeys_there_are().values():
        for code in each.permissions:
            assert titles[code] in said, code
            assert code not in said


def test_only_who_manages_procedures_has_the_buttons(office: Office, browser: Browser) -> None:
    controller = office.house.person("coen", "controller")
    page = browser(controller).get(JOURNEYS)
    assert page.status_code == 200
    assert USE not in page.content.decode()
    assert browser(office.dewi).get(JOURNEYS).status_code == 403
