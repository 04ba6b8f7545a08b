"""Instances, procedures and versions on their pages; bringing in a diagram; people."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kantoor.kernel.actors.models import Grant
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.standing_in import let_stand_in
from kantoor.procedures.actions.tasks import complete_task
from kantoor.procedures.actions.teams import add_team
from kantoor.procedures.models import Instance, Procedure, StandIn, Task, TeamMember, Version
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more
from kantoor.procedures.tests.pages.conftest import Browser
from kantoor.procedures.tests.pages.test_task_pages import text
from kantoor.procedures.tests.test_waiting import later

TWO = drawn(
    "two",
    '<startEvent id="s">' + more('<k:field name="secret"/>') + "</startEvent>"
    '<userTask id="first" name="First" k:role="bookkeeper" k:within="PT1H"/>'
    '<userTask id="second" name="Second" k:role="bookkeeper"/><endEvent id="e"/>',
    "s > first > second > e",
)
FAILS = drawn(
    "fails",
    '<startEvent id="s"/><userTask id="u" name="Ask" k:role="bookkeeper"/>'
    '<serviceTask id="give" name="Give it" k:action="kernel.grant_role">'
    + more('<k:input name="user" value="\'nobody\'"/><k:input name="role" value="\'employee\'"/>')
    + '</serviceTask><endEvent id="e"/>',
    "s > u > give > e",
)


def test_an_instance_says_where_it_stands_and_what_it_passed(
    office: Office, browser: Browser
) -> None:
    office.import_as(TWO)
    instance = office.start("two", secret="a surprise")
    complete_task(office.cas, task=office.task("first").pk)
    address = f"/procedures/instances/{instance.number}"
    page = browser(office.anne).get(address)
    said = text(page)
    for word in ("Second", "Bookkeeper", "First", "Waits", "started it", "a surprise"):
        assert word in said, word
    assert f'href="/procedures/tasks/{office.task("second").pk}"' in page.content.decode()
    assert "a surprise" not in text(browser(office.bo).get(address))
    assert browser(office.dewi).get(address).status_code == 404
    diagram = browser(office.bo).get(f"/procedures/drawings-under-way/{instance.number}")
    assert diagram["Content-Type"].startswith("application/xml")
    assert b'name="Second"' in diagram.content


def test_what_failed_is_tried_again_or_passed_over_with_a_reason(
    office: Office, browser: Browser
) -> None:
    office.import_as(FAILS, "kernel.manage_users")
    instance = office.start("fails")
    complete_task(office.cas, task=office.task("u").pk)
    address = f"/procedures/instances/{instance.number}"
    anne = browser(office.anne)
    page = anne.get(address)
    assert "There is no user “nobody” in this company." in text(page)
    assert "Stands still" in text(page)
    assert "Fails" in text(anne.get("/procedures/instances?state=stuck"))
    wait = instance.wait_set.get()
    again = {"waits": f"[{wait.pk}]", "at_once": "1", "next": address}
    assert anne.post("/procedures/do/try-again", again)["Location"] == address
    assert "Stands still" in text(anne.get(address))
    passed = anne.post(
        f"/procedures/do/skip-step?wait={wait.pk}&next={address}",
        {"wait": wait.pk, "why": "Given by hand"},
    )
    assert passed["Location"] == address
    assert Instance.objects.get().state == "ended"
    assert "Given by hand" in text(anne.get(address))


def test_calling_off_says_what_will_happen(office: Office, browser: Browser) -> None:
    office.import_as(TWO)
    instance = office.start("two")
    bo = browser(office.bo)
    address = f"/procedures/instances/{instance.number}"
    assert "Call it off" in text(bo.get(address))
    form = f"/procedures/do/call-off?instance={instance.number}&next={address}"
    assert "“First” is not needed any more" in text(bo.get(form))
    bo.post(form, {"instance": instance.number, "why": "Not needed"})
    page = text(bo.get(address))
    assert "Called off" in page
    assert "Not needed" in page


def test_a_procedure_shows_its_times_and_each_figure_opens_its_list(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.import_as(TWO)
    office.start("two")
    office.start("two")
    later(monkeypatch, hours=2)
    complete_task(office.cas, task=Task.objects.filter(element="first").order_by("pk")[0].pk)
    anne = browser(office.anne)
    page = anne.get("/procedures/procedures/two")
    assert "Bottleneck" in text(page)
    assert "2 h" in text(page)
    passed = "/procedures/passed?procedure=two&version=1&element=first"
    waiting = "/procedures/waiting?procedure=two&version=1&element=first"
    content = page.content.decode().replace("&amp;", "&")
    assert f'href="{passed}"' in content
    assert f'href="{waiting}"' in content
    assert "Cas" in text(anne.get(passed))
    assert "Bookkeeper" in text(anne.get(waiting))
    assert anne.get("/procedures/procedures/two/versions/1").status_code == 200
    assert anne.get("/procedures/procedures/two/versions/2").status_code == 404
    assert anne.get("/procedures/drawings/two/1").status_code == 200


def test_a_diagram_is_brought_in_from_a_file_with_its_faults_by_element(
    office: Office, browser: Browser
) -> None:
    anne = browser(office.anne)
    wrong = TWO.replace('k:role="bookkeeper" k:within', 'k:role="kings" k:within')
    file = SimpleUploadedFile("two.bpmn", wrong.encode())
    answer = anne.post("/procedures/import", {"content": file, "note": "From the old system"})
    assert answer["Location"] == "/procedures/procedures/two/versions/1"
    page = text(anne.get(answer["Location"]))
    assert "There is no role kings." in page
    assert "1 thing to mend" in page
    assert "From the old system" in page
    good = SimpleUploadedFile("two.bpmn", TWO.encode("utf-16"))
    refused = anne.post("/procedures/import", {"content": SimpleUploadedFile("x.bpmn", b"<a/>")})
    assert refused.status_code == 422
    assert "no BPMN 2.0" in text(refused)
    anne.post("/procedures/import", {"content": good, "publish": "on"})
    assert Procedure.objects.get().published == Version.objects.get(number=2)
    assert "Earlier" not in text(anne.get("/procedures/procedures/two"))


def test_a_procedure_is_published_and_taken_out_of_use_with_a_button(
    office: Office, browser: Browser
) -> None:
    import_procedure(office.anne, content=TWO)
    anne = browser(office.anne)
    address = "/procedures/procedures/two"
    assert "Publish version 1" in text(anne.get(address))
    given = {"procedure": "two", "version": "1", "at_once": "1", "next": address}
    anne.post("/procedures/do/publish-version", given)
    assert "Take it out of use" in text(anne.get(address))
    anne.post("/procedures/do/retire-procedure", given)
    assert "Out of use" in text(anne.get("/procedures/procedures"))


def test_a_procedure_is_given_a_role_and_loses_it(office: Office, browser: Browser) -> None:
    import_procedure(office.anne, content=TWO)
    anne = browser(office.anne)
    given = {"procedure": "two", "role": "ict_manager"}
    anne.post("/procedures/do/give-procedure-role", given)
    account = Procedure.objects.get().account
    assert Grant.objects.filter(user=account, role__code="ict_manager", ended_at=None).exists()
    assert "ict_manager" in text(anne.get("/procedures/procedures/two"))
    anne.post("/procedures/do/end-procedure-role", given)
    assert not Grant.objects.filter(user=account, ended_at=None).exists()
    assert browser(office.cas).post("/procedures/do/give-procedure-role", given).status_code == 403


def test_somebody_stands_in_and_ends_it(office: Office, browser: Browser) -> None:
    cas = browser(office.cas)
    today = timezone.localdate()
    given = {"deputy": "bo", "first": str(today), "last": str(today + timedelta(days=3))}
    assert cas.post("/procedures/do/let-stand-in", given)["Location"] == "/procedures/standing-in"
    assert "Bo" in text(cas.get("/procedures/standing-in"))
    assert "Bo" not in text(browser(office.dewi).get("/procedures/standing-in")).split("Bakker")[-1]
    cas.post("/procedures/do/end-stand-in", {"stand_in": StandIn.objects.get().pk})
    assert "Nobody stands in" in text(cas.get("/procedures/standing-in"))
    assert "Over" in text(cas.get("/procedures/standing-in?over=1"))
    let_stand_in(office.dewi, deputy="bo", first=today, last=today)
    assert "Dewi" not in text(cas.get("/procedures/standing-in"))


def test_a_team_is_made_and_its_members_are_set(office: Office, browser: Browser) -> None:
    add_team(office.anne, code="reception", name="Reception", members=["dewi"])
    anne = browser(office.anne)
    assert "Dewi" in text(anne.get("/procedures/teams"))
    form = anne.get("/procedures/do/set-team-members?team=reception").content.decode()
    assert "dewi" in form
    anne.post("/procedures/do/set-team-members", {"team": "reception", "members": "bo cas"})
    members = TeamMember.objects.order_by("user__sign_in").values_list("user__sign_in", flat=True)
    assert list(members) == ["bo", "cas"]


def test_instances_and_procedures_are_found_by_words(office: Office, browser: Browser) -> None:
    office.import_as(TWO)
    instance = office.start("two")
    found = browser(office.anne).get("/search?q=two").content.decode()
    assert f'href="/procedures/instances/{instance.number}"' in found
    assert 'href="/procedures/procedures/two"' in found
