"""The inbox of one person over all departments: what waits anywhere stands in one list."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantoor.departments.ict.actions.cases.desk import add_queue
from kantoor.departments.ict.actions.cases.opening import open_cases
from kantoor.departments.ict.drafts import CaseDraft
from kantoor.kernel.actors.approvals import request_approval
from kantoor.kernel.inboxes import LONG_AGO, NEVER, Ask, inbox, inbox_counts, sources
from kantoor.procedures.actions.asking import ask_service
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.request_kinds import KindDraft, keep_request_kind
from kantoor.procedures.actions.starting import start_procedures
from kantoor.procedures.actions.talking import comment_on
from kantoor.procedures.models import AskedRequest, Task
from kantoor.procedures.queries.tasks import YEAR_OF_NEVER
from tests.founded import PASSWORD, House, found

pytestmark = pytest.mark.django_db
ASK = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:k="urn:kantoor:procedures:1" targetNamespace="t"><process id="ask" name="Ask"
 isExecutable="true"><startEvent id="s"/><userTask id="judge" name="Judge" k:role="controller"
 k:within="P1D"/><endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="judge"/>
 <sequenceFlow id="b" sourceRef="judge" targetRef="e"/></process></definitions>"""


@pytest.fixture
def house() -> House:
    """A company in which a controller has work of several departments."""
    house = found()
    anne = house.administrator
    house.person("kit", "controller", "ict_manager")
    import_procedure(anne, content=ASK, publish=True)
    draft = KindDraft(code="copy", name="Copy", role="controller", days=2, clock="always")
    keep_request_kind(anne, draft=draft)
    return house


def _work(house: House, many: int) -> None:
    """So much of each kind of work for Kit."""
    anne = house.administrator
    start_procedures(anne, procedure="ask", several=[{}] * many)
    for _ in range(many):
        ask_service(anne, kind="copy")
        request_approval(anne, action_name="finance.post_entry", parameters="{}", why="Above")
        comment_on(anne, instance=1, text="@kit look at this")


def test_cases_stand_in_the_inbox_of_who_has_them(house: House) -> None:
    anne, kit = house.administrator, house.people["kit"]
    add_queue(anne, code="desk", name="Desk", members=["kit"])
    open_cases(
        anne,
        cases=[
            CaseDraft(title="Screen is black", queue="desk", assignee="kit"),
            CaseDraft(title="Mouse", queue="desk"),
        ],
    )
    assert [(row.kind, row.title) for row in inbox(kit).rows] == [("ict.cases", "Screen is black")]


def test_work_of_all_departments_stands_in_one_list_by_when_it_is_due(house: House) -> None:
    kit = house.people["kit"]
    _work(house, 1)
    rows = inbox(kit).rows
    assert [row.kind for row in rows] == [
        "procedures.tasks", "procedures.requests", "kernel.approvals", "procedures.mentions",
    ]  # fmt: skip
    assert rows[0].due and rows[1].due and rows[0].due < rows[1].due
    assert rows[2].due is None
    assert {each.kind: each.count for each in inbox_counts(kit)} == dict.fromkeys(
        [row.kind for row in rows], 1
    )
    assert [row.kind for row in inbox(kit, kind="kernel.approvals").rows] == ["kernel.approvals"]


def test_today_leads_to_the_inbox_and_that_to_the_page_of_each(house: House) -> None:
    _work(house, 1)
    kit = Client()
    kit.post("/sign-in", {"user": "kit", "password": PASSWORD, "next": "/"})
    page = kit.get("/today/inbox")
    assert page.status_code == 200
    for row in inbox(house.people["kit"]).rows:
        assert row.url in page.content.decode()
        assert kit.get(row.url).status_code == 200, row.url
    assert "/today/inbox" in kit.get("/").content.decode()


def test_the_inbox_takes_the_same_statements_however_much_waits(house: House) -> None:
    kit = house.people["kit"]
    counts = []
    for _ in range(2):
        _work(house, 4)
        with CaptureQueriesContext(connection) as asked:
            inbox(kit, limit=3)
            inbox_counts(kit)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="small tables are read whole elsewhere")
def test_pages_of_tasks_and_requests_are_found_by_their_index(house: House) -> None:
    kit = house.people["kit"]
    wanted: dict[str, Any] = {
        "task_inbox": Task.objects.filter(company=kit.company_id, state="open", whose="role/1"),
        "request_inbox": AskedRequest.objects.filter(
            company=kit.company_id, is_open=True, whose="role/1"
        ),
    }
    for index, rows in wanted.items():
        plan = rows.order_by("due_at", "pk")[:51].explain()
        assert index in plan, plan
        assert "TEMP B-TREE" not in plan, plan


def test_every_department_s_source_answers_and_counts_alike(house: House) -> None:
    anne = house.administrator
    names = {each.name for each in sources(anne)}
    assert {"ict.cases", "ict.deadlines", "hr.leave", "hr.claims", "hr.checks"} <= names
    assert {"finance.purchases", "finance.runs"} <= names
    for each in sources(anne):
        assert list(each.items(anne, Ask(LONG_AGO, 0, 10))) == []
        assert list(each.items(anne, Ask(NEVER, 0, 10))) == []
        assert each.count(anne) == 0


def test_what_has_no_time_is_as_late_everywhere() -> None:
    assert NEVER.year == YEAR_OF_NEVER
