"""Files of front-office data: counted, refused ones written out and mended, the same again."""

import json
from pathlib import Path

import pytest

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.files import UnreadableFile, intake_file
from kantoor.kernel.intake.mapping_files import NoMapping
from kantoor.kernel.intake.models import IntakeEvent, IntakeFile, IntakeRaw
from kantoor.kernel.parties.models import Party
from kantoor.kernel.tests.intake_desk import (
    KIND,
    Desk,
    anne,
    desk,
    event,
    ndjson,
)

__all__ = ["anne", "desk"]
"""Fixtures, used by name."""


def test_a_file_of_events_is_counted_by_event(anne: Actor, desk: Desk, tmp_path: Path) -> None:
    desk.refuses = {"Jan"}
    file = ndjson(tmp_path / "events.ndjson", event("1", "Piet"), event("2", "Jan"))
    with file.open("a") as end:
        end.write("{broken\n")
    result = intake_file(anne, file, "front")
    assert (result.received, result.accepted, result.rejected) == (3, 1, 2)
    assert {reason.code for reason in result.reasons} == {"test.refused", "event.malformed"}
    told = [json.loads(line) for line in Path(result.rejected_file).read_text().splitlines()]
    assert [each["type"] for each in told] == [KIND, "kantoor.intake.unreadable"]
    assert told[0]["refusalmessage"] == "no Jan" and told[0]["data"] == {"name": "Jan"}
    assert told[1]["data"] == "{broken"


def test_refused_events_are_mended_in_their_file(anne: Actor, desk: Desk, tmp_path: Path) -> None:
    desk.refuses = {"Jan"}
    file = ndjson(tmp_path / "events.ndjson", event("1", "Jan"))
    with file.open("a") as end:
        end.write("{broken\n")
    refused = Path(intake_file(anne, file, "front").rejected_file)
    mended = [json.loads(line) for line in refused.read_text().splitlines()]
    mended[0]["data"]["name"] = "Johan"
    mended[1]["data"] = json.dumps(event("2", "Els"))
    again = intake_file(anne, ndjson(refused, *mended), "front")
    assert (again.received, again.accepted, again.rejected) == (2, 2, 0)
    assert set(Party.objects.values_list("name", flat=True)) == {"Johan", "Els"}
    # The first file is dealt with now, but for the line that is still no event.
    third = intake_file(anne, file, "front")
    assert (third.accepted, third.duplicates, third.rejected) == (0, 1, 1)


def test_the_same_file_again_leaves_no_trace(anne: Actor, desk: Desk, tmp_path: Path) -> None:
    desk.refuses = {"Jan"}
    file = ndjson(tmp_path / "events.ndjson", event("1", "Piet"), event("2", "Jan"))
    intake_file(anne, file, "front")
    before = [IntakeFile.objects.count(), IntakeRaw.objects.count(), IntakeEvent.objects.count()]
    refused = (tmp_path / "events.ndjson.rejected.ndjson").read_bytes()
    again = intake_file(anne, file, "front")
    assert (again.accepted, again.duplicates, again.rejected) == (0, 1, 1)
    after = [IntakeFile.objects.count(), IntakeRaw.objects.count(), IntakeEvent.objects.count()]
    assert after == before
    assert (tmp_path / "events.ndjson.rejected.ndjson").read_bytes() == refused
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "events.ndjson",
        "events.ndjson.rejected.ndjson",
    ]


def test_two_who_read_one_file_at_once_write_apart(anne: Actor, desk: Desk, tmp_path: Path) -> None:
    file = ndjson(tmp_path / "events.ndjson", event("1", "Piet"))
    running, ended = (
        tmp_path / f".events.ndjson.rejected.ndjson.{process}.part" for process in (1, 2**22 + 1)
    )
    running.touch()
    ended.touch()
    intake_file(anne, file, "front")
    assert running.exists()
    assert not ended.exists()


def test_a_file_being_mended_is_not_written_over(anne: Actor, desk: Desk, tmp_path: Path) -> None:
    desk.refuses = {"Jan"}
    file = ndjson(tmp_path / "events.ndjson", event("1", "Jan"))
    refused = Path(intake_file(anne, file, "front").rejected_file)
    refused.write_text("half mended")
    intake_file(anne, file, "front")
    assert Path(f"{refused}~").read_text() == "half mended"
    assert "refusalcode" in refused.read_text()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"PK\x03\x04rest", "file.kind"),
        (b"a,b\n1,2\n", "csv.column_missing"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    anne: Actor, tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "sales.csv"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile) as refusal:
        intake_file(anne, file, "webshop")
    assert refusal.value.code == code
    assert not IntakeFile.objects.exists()


def test_a_source_without_mapping_is_named(anne: Actor, tmp_path: Path) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(NoMapping):
        intake_file(anne, file, "unknown")
    with pytest.raises(InvalidInput):
        intake_file(anne, file, "two words")


def test_progress_is_told_batch_by_batch(
    anne: Actor, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kantoor.kernel.intake.files.BATCH_DOCUMENTS", 2)
    file = ndjson(tmp_path / "events.ndjson", *(event(str(n), f"P{n}") for n in range(5)))
    told: list[int] = []
    intake_file(anne, file, "front", progress=lambda result: told.append(result.received))
    assert told == [2, 4, 5]


def test_a_file_that_breaks_off_says_where(anne: Actor, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "events.json"
    file.write_text("[" + json.dumps(event("1", "Piet")) + ",")
    result = intake_file(anne, file, "front")
    assert result.accepted == 1
    assert result.stopped is not None and result.stopped.code == "json.truncated"
