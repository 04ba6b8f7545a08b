"""What restic, Borg and scripts say of backups is understood, and nothing else is taken for it."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.ict.errors_servers import ReportUnreadable
from kantoor.departments.ict.formats.backups.manifest import (
    differences,
    read_manifest,
    write_manifest,
)
from kantoor.departments.ict.formats.backups.reports import Told, runs_in

NOW = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
SUMMARY = (
    '{"message_type":"status","percent_done":1}\n'
    '{"message_type":"summary","files_new":2,"total_files_processed":2,'
    '"total_bytes_processed":100006,"total_duration":0.281779028,"snapshot_id":"d4d17235"}\n'
)
SNAPSHOTS = (
    '[{"time":"2026-11-26T18:38:25.308433017Z","tree":"5","paths":["/src"],"hostname":"vm",'
    '"id":"d4d17235f41857770399a9a0738f4b6ba1a635d14f8c724a0204bee21f74e92d","short_id":"d4d17235"}]'
)
CREATED = json.dumps(
    {
        "archive": {
            "name": "one", "start": "2026-07-01T18:38:31.000000", "end": "2026-07-01T18:39:31.000000",
            "stats": {"nfiles": 2, "original_size": 100493},
        },
        "repository": {},
    }
)  # fmt: skip
LISTED = json.dumps({"archives": [{"name": "one", "start": "2026-07-01T18:38:31.000000"}]})


def runs(report: Any, zone: str = "UTC") -> list[Told]:
    text = report if isinstance(report, str) else json.dumps(report)
    return runs_in(text, zone=ZoneInfo(zone), now=NOW)


def test_restic_says_what_it_did() -> None:
    (run,) = runs(SUMMARY)
    assert (run.ok, run.snapshot, run.files, run.size) == (True, "d4d17235", 2, 100006)
    assert (NOW - run.began_at).microseconds == 281779
    (same,) = runs(SNAPSHOTS)
    assert same.snapshot == run.snapshot
    assert same.began_at == datetime(2026, 11, 26, 18, 38, 25, 308433, tzinfo=UTC)


def test_restic_that_failed_is_a_run_that_failed() -> None:
    error = '{"message_type":"error","error":{"message":"denied"},"item":"/root"}\n'
    (run,) = runs(error + SUMMARY)
    assert (run.ok, run.message) == (False, "/root denied")
    (run,) = runs('{"message_type":"exit_error","code":10,"message":"no repository"}')
    assert (run.ok, run.message) == (False, "no repository")
    (run,) = runs('{"message_type":"status","percent_done":0.5}\nKilled')
    assert not run.ok


def test_borg_writes_the_time_of_its_machine() -> None:
    (run,) = runs(CREATED, "Europe/Amsterdam")
    assert (run.snapshot, run.files, run.size) == ("one", 2, 100493)
    assert run.began_at == datetime(2026, 7, 1, 16, 38, 31, tzinfo=UTC)
    assert (run.ended_at - run.began_at).seconds == 60
    (listed,) = runs(LISTED, "Europe/Amsterdam")
    assert (listed.snapshot, listed.began_at) == (run.snapshot, run.began_at)


def test_a_plain_report_is_enough() -> None:
    (run,) = runs({"ended_at": "2026-11-26T18:00:00Z", "ok": False, "message": "tape full"})
    assert (run.ok, run.snapshot) == (False, "failed-20261126T180000.000000")
    one = {"ended_at": "2026-11-26T18:00:00Z", "snapshot": "a"}
    assert [r.snapshot for r in runs([{**one, "began_at": "2026-11-26T17:00:00Z"}, one])] == [
        "a",
        "a",
    ]


@pytest.mark.parametrize(
    "report",
    [
        "", "nothing", "[1]", "{}", "null", '{"archive": 3}', '{"archives": [{}]}',
        '{"ended_at": "2026-11-26T18:00:00"}', '{"ended_at": "2027-01-01T00:00:00Z"}',
        '{"ended_at": "2026-11-26T18:00:00Z", "began_at": "2026-11-26T18:30:00Z"}',
        '{"ended_at": "2026-11-26T18:00:00Z", "files": -1}', '[{"id": "x", "time": "soon"}]',
        '{"ended_at": "1970-01-01T00:00:00Z"}', "[" * 5000,
        '{"ended_at": "2026-11-26T18:00:00Z", "snapshot": "--password-command=touch x"}',
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(report: str) -> None:
    with pytest.raises(ReportUnreadable):
        runs(report)


NAMES = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20
).filter(lambda name: not name.startswith(("/", ".")))


@given(st.dictionaries(NAMES, st.binary(min_size=32, max_size=32).map(bytes.hex), max_size=5))
def test_a_manifest_comes_back_as_it_was_written(hashes: dict[str, str]) -> None:
    assert read_manifest(write_manifest(hashes)) == hashes


def test_manifests_are_compared_file_by_file() -> None:
    a, b = "a" * 64, "b" * 64
    assert read_manifest(f"{a}  /etc/hosts\n{b} *./x\n") == {"etc/hosts": a, "x": b}
    found = differences({"same": a, "gone": a, "other": a, "dark": ""},
                        {"same": a, "other": b, "new": a, "dark": ""})  # fmt: skip
    assert found == [
        ("dark", "changed"),
        ("gone", "missing"),
        ("new", "extra"),
        ("other", "changed"),
    ]
    with pytest.raises(ReportUnreadable):
        read_manifest("no hash here")
