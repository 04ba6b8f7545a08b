"""The pages of procedures: registers, records with their drawing, and what the editor asks."""

import json
from typing import Any

import pytest
from django.test import Client

from kantoor.procedures.models import Version
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.diagrams.small import diagram, line
from tests.founded import PASSWORD

WELCOME = diagram(
    line(
        'userTask id="a" name="Make ready" kantoor:nameNl="Klaarmaken" kantoor:role="bookkeeper"',
        'userTask id="b" name="Show around" kantoor:role="bookkeeper"',
    )
).decode()
WRONG = WELCOME.replace("bookkeeper", "kings")


def signed_in(office: Office, user: str = "admin") -> Client:
    """Somebody at the pages; the administrator is Anne."""
    client = Client()
    word = office.house.password if user == "admin" else PASSWORD
    answer = client.post("/sign-in", {"user": user, "password": word})
    assert answer.status_code == 302, answer.content[:500]
    return client


def posted(client: Client, address: str, body: str | bytes) -> tuple[int, dict[str, Any]]:
    answer = client.post(address, body, content_type="application/xml")
    return answer.status_code, json.loads(answer.content)


def test_a_procedure_is_shown_with_its_steps_and_what_waits_there(office: Office) -> None:
    office.import_as(WELCOME)
    office.start("p")
    page = signed_in(office).get("/procedures/procedures/p").content.decode()
    assert "Klaarmaken" in page
    assert 'data-xml="/procedures/drawings/p/1?shown=1"' in page
    assert "1 wacht" in page
    assert "procedures/drawing.js" in page


def test_an_instance_is_shown_with_where_it_stands(office: Office) -> None:
    office.import_as(WELCOME)
    number = office.start("p").number
    page = signed_in(office, "bo").get(f"/procedures/instances/{number}").content.decode()
    assert 'data-stand="waiting"' in page
    assert f'data-xml="/procedures/drawings-under-way/{number}?shown=1"' in page
    register = signed_in(office, "bo").get("/procedures/instances").content.decode()
    assert f"/procedures/instances/{number}" in register


def test_a_drawing_comes_as_a_file_in_the_language_of_the_reader(office: Office) -> None:
    office.import_as(WELCOME)
    number = office.start("p").number
    for address in ("drawings/p/1", f"drawings-under-way/{number}"):
        shown = signed_in(office).get(f"/procedures/{address}?shown=1")
        assert shown["Content-Type"].startswith("application/xml")
        assert 'name="Klaarmaken"' in shown.content.decode()
        kept = signed_in(office).get(f"/procedures/{address}")
        assert kept.content.decode() == WELCOME
        assert kept["Content-Disposition"].startswith("attachment")


def test_who_may_not_see_an_instance_gets_no_drawing_of_it(office: Office) -> None:
    office.import_as(WELCOME)
    number = office.start("p").number
    dewi = signed_in(office, "dewi")
    assert dewi.get(f"/procedures/drawings-under-way/{number}").status_code == 404
    assert dewi.get("/procedures/drawings/p/1").status_code == 403
    assert dewi.get("/procedures/editor").status_code == 403


def test_the_editor_opens_a_version_or_an_empty_procedure(office: Office) -> None:
    office.import_as(WELCOME)
    anne = signed_in(office)
    assert (
        "/procedures/editor/file?procedure=p"
        in anne.get("/procedures/editor?procedure=p").content.decode()
    )
    assert "Klaarmaken" in anne.get("/procedures/editor/file?procedure=p").content.decode()
    empty = anne.get("/procedures/editor/file").content
    status, found = posted(anne, "/procedures/editor/check", empty)
    assert (status, [each["rule"] for each in found["faults"]]) == (200, ["flow.ends_here"])
    known = anne.get("/procedures/editor/known").json()
    assert {"actions", "queries", "events", "roles", "teams", "procedures", "words"} == set(known)
    started = [each for each in known["actions"] if each["name"] == "procedures.start_procedure"]
    assert {"name": "procedure", "required": True} in started[0]["parts"]


def test_what_is_drawn_is_checked_and_nothing_is_kept(office: Office) -> None:
    anne = signed_in(office)
    status, found = posted(anne, "/procedures/editor/check", WRONG)
    assert status == 200
    assert {(each["rule"], each["element"], each["level"]) for each in found["faults"]} == {
        ("role.unknown", "a", "fault"),
        ("role.unknown", "b", "fault"),
    }
    assert "kings" in found["faults"][0]["message"]
    assert Version.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["", "nonsense", "<a/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
@pytest.mark.parametrize("where", ["check", "save"])
def test_what_is_no_diagram_is_refused_with_the_reason(
    office: Office, where: str, body: str
) -> None:
    status, found = posted(signed_in(office), f"/procedures/editor/{where}", body)
    assert (status, found["code"]) == (422, "procedures.not_a_diagram")
    assert found["refused"]


def test_what_is_too_large_is_refused_before_it_is_read(office: Office) -> None:
    anne = signed_in(office)
    for where in ("check", "save"):
        answer = anne.post(
            f"/procedures/editor/{where}", b"<" * 1_100_000, content_type="application/xml"
        )
        assert answer.status_code == 413


def test_keeping_makes_a_version_once(office: Office) -> None:
    anne = signed_in(office)
    status, kept = posted(anne, "/procedures/editor/save?note=First", WRONG)
    assert (status, kept["procedure"], kept["version"]) == (200, "p", 1)
    assert len(kept["faults"]) == 2
    assert posted(anne, "/procedures/editor/save", WRONG)[1]["version"] == 1
    assert posted(anne, "/procedures/editor/save", WELCOME)[1]["version"] == 2
    assert [each.note for each in Version.objects.order_by("number")] == ["First", ""]


def test_looking_at_what_takes_a_diagram_is_refused(office: Office) -> None:
    for where in ("check", "save"):
        assert signed_in(office).get(f"/procedures/editor/{where}").status_code == 405


def test_what_begins_by_an_event_is_not_offered_to_be_started(office: Office) -> None:
    by_hand = diagram(line('userTask id="a" name="A" kantoor:role="bookkeeper"')).decode()
    begin = (
        '<bpmn:startEvent id="s"><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>'
    )
    message = '<bpmn:message id="m" name="hr.contract_signed"/><bpmn:process'
    heard = by_hand.replace('<bpmn:startEvent id="s"/>', begin).replace("<bpmn:process", message)
    office.import_as(heard)
    anne = signed_in(office)
    assert "/procedures/start/p" not in anne.get("/procedures/procedures/p").content.decode()
    assert anne.get("/procedures/start/p").status_code == 404
    office.import_as(by_hand)
    assert "/procedures/start/p" in anne.get("/procedures/procedures/p").content.decode()
    assert anne.get("/procedures/start/p").status_code == 200


def test_the_inbox_can_be_taken_as_a_file(office: Office) -> None:
    office.import_as(WELCOME)
    office.start("p")
    answer = signed_in(office, "bo").get("/today/inbox?format=csv")
    assert answer.status_code == 200
    assert "Klaarmaken" in b"".join(answer).decode()
