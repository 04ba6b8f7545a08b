"""Starting a procedure and doing its tasks on their pages."""

import re
from html import unescape

import pytest

from kantoor.kernel.actors.models import Approval
from kantoor.kernel.calendars.models import Calendar
from kantoor.procedures.actions.talking import comment_on
from kantoor.procedures.actions.tasks import complete_task, hand_task_on
from kantoor.procedures.models import Instance, Mention, Task
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more
from kantoor.procedures.tests.pages.conftest import Browser

KINDS = (
    '<k:field name="what" label="What" labelNl="Wat" required="true"/>'
    '<k:field name="about" kind="long_text"/>'
    '<k:field name="pieces" kind="whole" required="true"/>'
    '<k:field name="each" kind="decimal"/>'
    '<k:field name="soon" kind="yes_no" required="true"/>'
    '<k:field name="by" kind="date"/>'
    '<k:field name="colour" kind="choice" choices="red=Red|blue=Blue" choicesNl="red=Rood"/>'
    '<k:field name="who" kind="person"/>'
)
ASK = drawn(
    "ask",
    f'<startEvent id="s">{more(KINDS)}</startEvent>'
    '<userTask id="judge" name="Judge" k:role="bookkeeper" k:notBy="requester">'
    + more('<k:field name="agreed" kind="yes_no" required="true"/>')
    + '</userTask><userTask id="buy" name="Buy" k:nameNl="Koop" k:role="bookkeeper"/>'
    '<endEvent id="e"/>',
    "s > judge > buy > e",
    process='k:title="what" name="Asking"',
).replace('name="Ask" isExecutable', "isExecutable")
STANDS_FIXED = drawn(
    "calendar",
    '<startEvent id="s"/><userTask id="u" name="Add it" k:role="administrator" k:action="kernel.add_calendar">'
    + more('<k:input name="code" value="\'desk\'"/><k:offer name="name" value="\'Desk hours\'"/>')
    + '</userTask><endEvent id="e"/>',
    "s > u > e",
)
ERASE = drawn(
    "erase",
    '<startEvent id="s"/><userTask id="u" name="Erase" k:role="administrator" k:action="kernel.erase_user">'
    + more('<k:input name="sign_in" value="\'dewi\'"/>')
    + '</userTask><endEvent id="e"/>',
    "s > u > e",
)
FILLED = {
    "asked-what": "A chair",
    "asked-pieces": "3",
    "asked-each": "12.50",
    "asked-soon": "true",
    "asked-by": "2030-01-31",
    "asked-colour": "red",
    "asked-who": "dewi",
}


def text(answer: object) -> str:
    """What a page says, without its marks."""
    body = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))


def test_who_may_start_finds_it_and_fills_in_its_form(office: Office, browser: Browser) -> None:
    office.import_as(ASK)
    bo = browser(office.bo)
    assert "Asking" in text(bo.get("/procedures/start"))
    form = bo.get("/procedures/start/ask").content.decode()
    for name in ("what", "about", "pieces", "each", "soon", "by", "colour", "who"):
        assert f'name="asked-{name}"' in form
    answer = bo.post("/procedures/start/ask", FILLED)
    instance = Instance.objects.get()
    assert answer["Location"] == f"/procedures/instances/{instance.number}"
    assert instance.title == "A chair"
    assert '"pieces":3' in instance.known.replace(" ", "")


def test_a_start_that_lacks_something_keeps_what_was_typed(
    office: Office, browser: Browser
) -> None:
    office.import_as(ASK)
    answer = browser(office.bo).post("/procedures/start/ask", {**FILLED, "asked-pieces": "many"})
    assert answer.status_code == 422
    assert 'value="A chair"' in answer.content.decode()
    assert "Enter a whole number" in text(answer)
    assert not Instance.objects.exists()


def test_a_start_that_is_nobodys_to_make_is_not_found(office: Office, browser: Browser) -> None:
    office.import_as(ASK)
    otto = office.house.person("otto", "auditor")
    assert browser(otto).get("/procedures/start/ask").status_code == 403
    assert browser(office.bo).get("/procedures/start/nothing").status_code == 404


def _asked(office: Office, browser: Browser) -> Task:
    office.import_as(ASK)
    browser(office.bo).post("/procedures/start/ask", FILLED)
    return office.task("judge")


def test_a_task_says_what_it_is_about_and_goes_on_to_the_next_of_mine(
    office: Office, browser: Browser
) -> None:
    judge = _asked(office, browser)
    cas = browser(office.cas)
    listed = text(cas.get("/procedures/tasks"))
    assert "Judge" in listed
    assert "A chair" in listed
    page = text(cas.get(f"/procedures/tasks/{judge.pk}"))
    for said in ("A chair", "Asking", "Asked by", "Bo", "Agreed"):
        assert said in page
    empty = cas.post(f"/procedures/tasks/{judge.pk}", {})
    assert empty.status_code == 422
    assert "Choose one." in text(empty)
    done = cas.post(f"/procedures/tasks/{judge.pk}", {"asked-agreed": "true"})
    buy = office.task("buy")
    assert done["Location"] == f"/procedures/tasks/{buy.pk}"
    following = cas.get(done["Location"])
    assert "“Judge” is done. Next: “Buy”." in text(following)
    last = cas.post(f"/procedures/tasks/{buy.pk}", {})
    assert last["Location"] == "/procedures/tasks"
    assert "“Buy” is done. With it “A chair” has ended." in text(cas.get("/procedures/tasks"))
    assert Instance.objects.get().state == "ended"


def test_where_it_went_on_is_said_when_another_has_the_next_task(
    office: Office, browser: Browser
) -> None:
    judge = _asked(office, browser)
    dirk = office.house.person("dirk", "bookkeeper")
    hand_task_on(office.cas, task=judge.pk, user="dirk")
    done = browser(dirk).post(f"/procedures/tasks/{judge.pk}", {"asked-agreed": "false"})
    assert done.status_code == 302
    judge.refresh_from_db()
    assert judge.state == "done"


def test_a_task_that_can_not_be_done_says_why(office: Office, browser: Browser) -> None:
    judge = _asked(office, browser)
    address = f"/procedures/tasks/{judge.pk}"
    asker = browser(office.bo)
    assert "Duties are separated here" in text(asker.get(address))
    assert 'name="asked-agreed"' not in asker.get(address).content.decode()
    assert asker.post(address, {"asked-agreed": "true"}).status_code == 409
    assert office.task("judge").state == "open"
    assert browser(office.dewi).get(address).status_code == 404
    complete_task(office.cas, task=judge.pk, values={"agreed": True})
    assert "This task was done" in text(browser(office.cas).get(address))


def test_the_form_of_an_action_shows_what_is_fixed_and_fills_in_what_is_offered(
    office: Office, browser: Browser
) -> None:
    office.import_as(STANDS_FIXED)
    anne = browser(office.anne)
    anne.post("/procedures/start/calendar", {})
    address = f"/procedures/tasks/{office.task('u').pk}"
    page = anne.get(address).content.decode()
    assert 'name="code"' not in page
    assert "desk" in page
    assert 'value="Desk hours"' in page
    filled = {
        "name": "Opening hours", "zone": "Europe/Amsterdam", "week.mon": "09:00-17:00",
        "lines-TOTAL_FORMS": "0", "lines-INITIAL_FORMS": "0",
    }  # fmt: skip
    refused = anne.post(address, {**filled, "zone": "Nowhere/Land"})
    assert refused.status_code == 422
    assert 'value="Opening hours"' in refused.content.decode()
    assert Instance.objects.get().state == "running"
    done = anne.post(address, filled)
    assert done.status_code == 302
    assert Instance.objects.get().state == "ended"
    assert Calendar.objects.get(code="desk").name == "Opening hours"


def test_what_a_second_person_has_to_see_waits_with_a_way_to_the_request(
    office: Office, browser: Browser
) -> None:

    office.import_as(ERASE)
    anne = browser(office.anne)
    anne.post("/procedures/start/erase", {})
    address = f"/procedures/tasks/{office.task('u').pk}"
    done = anne.post(address, {"why": "asked for"})
    assert done["Location"] == address
    approval = Approval.objects.get()
    page = anne.get(address).content.decode()
    assert f"/today/approvals/{approval.pk}" in page
    assert "waits until a second person has seen it" in page
    assert anne.post(address, {"why": "again"}).status_code == 409
    assert Approval.objects.count() == 1
    assert "Waits for approval" in text(anne.get("/procedures/tasks"))


def test_tasks_are_taken_and_put_back(office: Office, browser: Browser) -> None:
    judge = _asked(office, browser)
    cas = browser(office.cas)
    cas.post("/procedures/tasks/bulk/procedures-claim-tasks", {"selected": [str(judge.pk)]})
    judge.refresh_from_db()
    assert judge.whose == f"user/{office.cas.user_id}"
    assert "Put it back" in text(cas.get(f"/procedures/tasks/{judge.pk}"))
    bo = browser(office.bo)
    refused = bo.post(
        "/procedures/tasks/bulk/procedures-claim-tasks", {"selected": [str(judge.pk)]}, follow=True
    )
    assert "Duties are separated here" in text(refused)


def test_a_remark_that_names_somebody_comes_to_them(office: Office, browser: Browser) -> None:
    judge = _asked(office, browser)
    number = Instance.objects.get().number
    comment_on(office.cas, instance=number, text="Is this needed, @dewi?")
    assert "Is this needed" in text(browser(office.cas).get(f"/procedures/tasks/{judge.pk}"))
    dewi = browser(office.dewi)
    assert "Cas named you" in text(dewi.get("/"))
    assert "Is this needed" in text(dewi.get("/procedures/mentions"))
    assert dewi.get(f"/procedures/instances/{number}").status_code == 200
    mention = Mention.objects.get()
    dewi.post("/procedures/mentions/bulk/procedures-see-mentions", {"selected": [str(mention.pk)]})
    assert "Is this needed" not in text(dewi.get("/procedures/mentions"))


def test_today_says_which_tasks_wait(office: Office, browser: Browser) -> None:
    _asked(office, browser)
    page = text(browser(office.cas).get("/"))
    assert "Judge" in page
    assert "Tasks past their time" in page
    assert "Judge" not in text(browser(office.dewi).get("/"))


def test_an_empty_inbox_says_what_to_do(office: Office, browser: Browser) -> None:
    page = browser(office.bo).get("/procedures/tasks").content.decode()
    assert "No tasks wait for you" in page
    assert 'href="/procedures/start"' in page


@pytest.mark.parametrize("address", ["/procedures", "/procedures/instances", "/procedures/procedures",
    "/procedures/standing-in", "/procedures/teams", "/procedures/waiting", "/procedures/passed",
    "/procedures/import", "/procedures/mentions", "/procedures/could-not-begin"])  # fmt: skip
def test_every_page_of_an_empty_house_opens(office: Office, browser: Browser, address: str) -> None:
    assert browser(office.anne).get(address).status_code == 200


def test_names_are_dutch_for_who_reads_dutch(office: Office, browser: Browser) -> None:
    judge = _asked(office, browser)
    complete_task(office.cas, task=judge.pk, values={"agreed": True})
    cas = browser(office.cas)
    cas.post("/language", {"language": "nl"})
    page = text(cas.get(f"/procedures/tasks/{office.task('buy').pk}"))
    assert "Koop" in page
    assert "Gevraagd door" in page
    start = text(cas.get("/procedures/start/ask"))
    assert "Rood" in start
    assert "Blue" in start, "what has no Dutch label keeps the other"
