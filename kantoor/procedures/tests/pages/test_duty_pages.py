"""The pages of duties and checklists: arranged with the days seen, done, gone through item by item."""

from django.test import Client
from django.utils import timezone

from kantoor.procedures.actions.checklist_account import give_checklists_role
from kantoor.procedures.actions.checklist_templates import keep_checklist
from kantoor.procedures.actions.duties import let_duties_come
from kantoor.procedures.drafts import ChecklistDraft, ItemDraft
from kantoor.procedures.models import ChecklistRun, Duty, DutyTime
from kantoor.procedures.tests.conftest import Office
from tests.founded import PASSWORD


def _browser(office: Office, name: str, *roles: str) -> Client:
    if roles:
        office.house.person(name, *roles)
    client = Client()
    assert client.post("/sign-in", {"user": name, "password": PASSWORD}).status_code == 302
    client.cookies["language"] = "en"
    return client


DRILL = {
    "draft.code": "drill", "draft.name": "Fire drill", "draft.role": "bookkeeper",
    "draft.unit": "month", "draft.every": "1", "draft.which": "last_working",
    "draft.weekday": "monday", "draft.day": "1", "draft.month": "1", "draft.shift": "",
    "draft.starts_on": "2030-01-01", "draft.lead_days": "7",
}  # fmt: skip


def test_a_duty_is_arranged_with_its_next_days_in_sight(office: Office) -> None:
    anne = _browser(office, "anne", "administrator")
    assert "Say when it comes" in anne.get("/procedures/arrange-duty").content.decode()
    days = anne.post("/procedures/arrange-duty/days", DRILL).content.decode()
    assert days.count("<li>") == 5
    assert "31" in days
    wrong = anne.post("/procedures/arrange-duty", {**DRILL, "draft.every": "0"})
    assert wrong.status_code == 422
    assert Duty.objects.count() == 0
    sent = anne.post("/procedures/arrange-duty", DRILL)
    assert sent["Location"] == "/procedures/recurring-duties"
    page = anne.get("/procedures/arrange-duty?code=drill").content.decode()
    assert 'value="Fire drill"' in page
    assert page.count('<span class="k-detail">') >= 5
    assert "drill" in anne.get("/procedures/recurring-duties").content.decode()


def test_a_duty_is_done_in_the_browser(office: Office) -> None:
    anne = _browser(office, "anne", "administrator")
    anne.post("/procedures/arrange-duty", {**DRILL, "draft.starts_on": timezone.localdate().isoformat(), "draft.lead_days": "60"})  # fmt: skip
    assert let_duties_come(office.anne) == 1
    time = DutyTime.objects.get()
    bo = _browser(office, "bo")
    assert "Fire drill" in bo.get("/procedures/duties?state=open").content.decode()
    assert "do-duty" in bo.get(f"/procedures/duties/{time.pk}").content.decode()
    bo.post("/procedures/do/do-duty", {"time": time.pk, "evidence": "Out in four minutes"})
    assert "Out in four minutes" in bo.get(f"/procedures/duties/{time.pk}").content.decode()
    assert _browser(office, "dewi").get(f"/procedures/duties/{time.pk}").status_code == 404


def test_a_checklist_is_gone_through_in_the_browser(office: Office) -> None:
    observed = ItemDraft(
        title="No requests wait", query="procedures.requests", given="state='asked'",
        holds="len(result.rows) == 0",
    )  # fmt: skip
    draft = ChecklistDraft(code="evening", name="Evening", inputs="room")
    keep_checklist(office.anne, draft=draft, items=[observed, ItemDraft(title="Lock the door")])
    give_checklists_role(office.anne, role="controller")
    bo = _browser(office, "bo")
    assert "Evening" in bo.get("/procedures/begin-checklist").content.decode()
    assert bo.post("/procedures/begin-checklist/evening", {}).status_code == 422
    sent = bo.post("/procedures/begin-checklist/evening", {"asked-room": "Hall"})
    run = ChecklistRun.objects.get()
    assert sent["Location"] == f"/procedures/checklist-runs/{run.pk}"
    page = bo.get(sent["Location"]).content.decode()
    assert "Evening: Hall" in page
    assert page.count('action="/procedures/do/tick-item"') == 1
    ticked = {"run": run.pk, "item": 2, "note": "Locked at six", "at_once": "1"}
    bo.post("/procedures/do/tick-item", ticked)
    assert "Locked at six" in bo.get(sent["Location"]).content.decode()
    bo.post("/procedures/do/close-checklist", {"run": run.pk, "at_once": "1"})
    run.refresh_from_db()
    assert not run.is_open
    anne = _browser(office, "anne", "administrator")
    assert "Evening" in anne.get("/procedures/checklists").content.decode()
    page = anne.get("/procedures/do/keep-checklist?draft.code=evening").content.decode()
    assert 'value="Lock the door"' in page
    assert anne.get("/procedures/checklist-runs").status_code == 200
