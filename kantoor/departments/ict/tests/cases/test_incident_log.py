"""The log of incidents of a real desk: `replay_cases` once and wholly, counted by the file."""

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kantoor.departments.ict.actions.clocks.levels import recompute_clocks
from kantoor.departments.ict.models import Case, CaseEvent, Clock, ClockSpan
from kantoor.departments.ict.queries.cases.figures import case_figures
from kantoor.departments.ict.tests.clocks.agreed import agree
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.intake.result import IntakeResult
from kantoor.kernel.record.verify.system import verify
from kantoor.kernel.tests.shared import shared_file

ROWS = 4_000
HEAD = (
    "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,"
    "caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,"
    "contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,"
    "assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,"
    "caused_by,closed_code,resolved_by,resolved_at,closed_at"
)


def given_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows, read by the standard library alone."""
    with gzip.open(path) as packed, io.TextIOWrapper(packed, "utf-8", newline="") as file:
        yield from csv.DictReader(file)


def part(tmp_path: Path, count: int) -> Path:
    """The first rows of the log, in a file of its own, up to the end of an incident."""
    with gzip.open(shared_file("incident-log", "incident_event_log.csv.gz"), "rt") as file:
        lines = file.readlines()
    while lines[count].partition(",")[0] == lines[count - 1].partition(",")[0]:
        count += 1
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress("".join(lines[:count]).encode()))
    return path


def test_the_log_is_replayed_once_and_counts_as_the_file_does(desk: Desk, tmp_path: Path) -> None:
    agree(desk)
    path = part(tmp_path, ROWS)
    last: dict[str, dict[str, str]] = {}
    resolutions, before, count = 0, "", 0
    for row in given_rows(path):
        new = row["number"] not in last
        was = "New" if new else before
        resolutions += row["incident_state"] == "Resolved" and was != "Resolved"
        before, count = row["incident_state"], count + 1
        last[row["number"]] = row

    result = intake_file(desk.anne, path, "incident-log")

    assert (result.received, result.accepted, result.rejected) == (count, count, 0)
    found = case_figures(desk.anne, source="incident-log")
    assert found.opened == len(last)
    assert found.reopened == sum(int(row["reopen_count"]) for row in last.values())
    assert found.reassigned == sum(int(row["reassignment_count"]) for row in last.values())
    assert found.reassigned_cases == sum(row["reassignment_count"] != "0" for row in last.values())
    ends = Counter(row["incident_state"] for row in last.values())
    assert found.resolved == ends["Resolved"] + ends["Closed"]
    assert found.closed == ends["Closed"]
    assert found.resolutions == resolutions
    levels = Counter(row["priority"][0] for row in last.values())
    assert found.by_priority == dict(sorted(levels.items()))

    again = intake_file(desk.anne, path, "incident-log")
    assert (again.accepted, again.duplicates) == (0, count)

    clocks = list(Clock.objects.order_by("case", "clock").values())
    spans = ClockSpan.objects.count()
    assert clocks and recompute_clocks(desk.anne) == len(last)
    assert list(Clock.objects.order_by("case", "clock").values()) == clocks
    assert ClockSpan.objects.count() == spans
    assert verify(tables=["ict_case", "ict_case_event", "ict_clock", "ict_clock_span"]).faults == []


@pytest.mark.sqlite_only
def test_the_whole_log_comes_to_what_its_answer_key_says(desk: Desk) -> None:
    key = json.loads(shared_file("incident-log", "_expected.json").read_text())
    path = shared_file("incident-log", "incident_event_log.csv.gz")
    last: dict[str, dict[str, str]] = {}
    resolutions, before = 0, ""
    for row in given_rows(path):
        was = before if row["number"] in last else "New"
        resolutions += row["incident_state"] == "Resolved" and was != "Resolved"
        before = row["incident_state"]
        last[row["number"]] = row

    result = intake_file(desk.anne, path, "incident-log")

    assert (result.received, result.accepted, result.rejected) == (key["rows"], key["rows"], 0)
    found = case_figures(desk.anne, source="incident-log")
    assert found.opened == key["incidents"] == len(last)
    assert found.by_state == {"closed": key["incidents_by_final_state"]["Closed"]}
    levels = {name[0]: count for name, count in key["incidents_by_priority_final"].items()}
    assert found.by_priority == dict(sorted(levels.items()))
    assert found.reopened == sum(int(row["reopen_count"]) for row in last.values())
    assert found.reassigned == sum(int(row["reassignment_count"]) for row in last.values())
    assert (found.resolved, found.resolutions) == (len(last), resolutions)


def row(number: str = "INC1", state: str = "New", at: str = "1/3/2016 09:00", **more: str) -> str:
    """A row of the log; what is not said is unknown."""
    values = {
        "number": number, "incident_state": state, "sys_updated_at": at,
        "opened_at": "1/3/2016 08:55", "reassignment_count": "0", "reopen_count": "0",
        "priority": "3 - Moderate", **more,
    }  # fmt: skip
    return ",".join(values.get(name, "?") for name in HEAD.split(","))


def take(desk: Desk, tmp_path: Path, *rows: str) -> IntakeResult:
    path = tmp_path / "log.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n")
    return intake_file(desk.anne, path, "incident-log")


def test_times_are_those_of_the_company_and_states_ours(desk: Desk, tmp_path: Path) -> None:
    agree(desk)
    take(
        desk, tmp_path,
        row(assignment_group="Group 1", caller_id="Caller 7"),
        row(state="Awaiting User Info", at="1/3/2016 10:00", assignment_group="Group 2"),
        row(state="-100", at="1/3/2016 11:00", assignment_group="Group 2"),
        row(state="Active", at="1/3/2016 12:00", priority="1 - Critical"),
    )  # fmt: skip
    case = Case.objects.get(reference="INC1")
    assert case.opened_at == datetime(2016, 3, 1, 7, 55, tzinfo=UTC)
    assert (case.state, case.priority, case.requester.name) == ("active", 1, "Caller 7")  # type: ignore[union-attr]
    events = CaseEvent.objects.filter(case=case).order_by("at", "pk")
    assert list(events.values_list("what", "now")) == [
        ("state", "new"), ("priority", "3"),
        ("queue", str(queue(1))), ("queue", str(queue(2))), ("state", "waiting/caller"),
        ("row", ""), ("priority", "1"), ("state", "active"),
    ]  # fmt: skip


def queue(number: int) -> int:
    from kantoor.departments.ict.models import Queue

    return Queue.objects.get(code=f"Group {number}").pk


def test_what_can_not_be_is_refused_with_its_line(desk: Desk, tmp_path: Path) -> None:
    result = take(
        desk, tmp_path,
        row("INC1"), row("INC1", state="Dreaming", at="1/3/2016 10:00"),
        row("INC2", at="31/2/2016 09:00"), row("INC3", priority="9 - Odd"),
        row("INC4", reassignment_count="many"), row("INC5"),
    )  # fmt: skip
    assert (result.accepted, result.rejected) == (1, 5)
    codes = {reason.code for reason in result.reasons}
    assert codes == {"incident.state", "date.no_such_day", "incident.level", "incident.count"}
