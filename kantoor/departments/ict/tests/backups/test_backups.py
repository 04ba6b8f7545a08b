"""Backups: planned, reported once, missed once, and proved with real restic and Borg."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kantoor.departments.ict.actions.backups import making
from kantoor.departments.ict.actions.backups.making import start_backup
from kantoor.departments.ict.actions.backups.planning import (
    change_backup_plan,
    plan_backup,
    plan_backups,
)
from kantoor.departments.ict.actions.backups.proving import drill_restore, read_repository
from kantoor.departments.ict.actions.backups.reporting import (
    report_backup_run,
    report_backup_runs,
)
from kantoor.departments.ict.actions.backups.watching import (
    raise_missed_runs,
    watch,
    watch_backups,
)
from kantoor.departments.ict.cli.backups import COMMANDS
from kantoor.departments.ict.drafts_backups import (
    BackupPlanChange,
    BackupPlanDraft,
    BackupReport,
)
from kantoor.departments.ict.errors import KnownAlready
from kantoor.departments.ict.errors_servers import BackupFailed, UnknownPlan, UnknownRun
from kantoor.departments.ict.formats.backups.manifest import Told, hash_files
from kantoor.departments.ict.models import BackupProof, BackupRun
from kantoor.departments.ict.queries.backups.cover import CoverRow, backup_plan, cover
from kantoor.departments.ict.queries.backups.keys import proof_evidence
from kantoor.departments.ict.tests.backups.conftest import PASSWORD
from kantoor.departments.ict.tests.people import Desk
from kantoor.departments.ict.tests.servers.watched import cases, open_troubles, states
from kantoor.kernel.calendars.actions import add_calendar
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.files.files import open_file
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.record.verify.system import verify


def ended(hours_ago: float, *, ok: bool = True, snapshot: str = "") -> str:
    """A plain report of a run that ended so long ago."""
    at = timezone.now() - timedelta(hours=hours_ago)
    return f'{{"ended_at": "{at.isoformat()}", "ok": {str(ok).lower()}, "snapshot": "{snapshot}"}}'


def reported(desk: Desk, report: str) -> tuple[int, int]:
    taken = report_backup_run(desk.anne, report=BackupReport(plan="files", report=report))
    return taken.fresh, taken.known


def covered(desk: Desk) -> CoverRow:
    (row,) = cover(desk.bo).rows
    return row


def test_a_run_is_reported_once_and_is_no_proof(planned: Desk) -> None:
    assert covered(planned).state == "never"
    assert reported(planned, ended(1, snapshot="one")) == (1, 0)
    assert reported(planned, ended(1, snapshot="one")) == (0, 1)
    row = covered(planned)
    assert (row.state, row.rpo_met, row.rto_met, row.proved_at) == ("unproved", True, None, None)
    many = [BackupReport(plan="files", report=ended(n, snapshot=f"n{n}")) for n in range(2, 5)]
    assert sum(taken.fresh for taken in report_backup_runs(planned.anne, reports=many)) == 3
    with pytest.raises(UnknownPlan):
        report_backup_run(planned.anne, report=BackupReport(plan="none", report=ended(1)))
    with pytest.raises(NotAllowed):
        report_backup_run(planned.eva, report=BackupReport(plan="files", report=ended(1)))
    assert verify().ok


def test_a_run_that_failed_is_an_incident_until_one_goes_well(planned: Desk) -> None:
    reported(planned, ended(3, ok=False))
    assert (covered(planned).state, states()) == ("failed", ["new"])
    reported(planned, ended(30, snapshot="older"))
    assert states() == ["new"]
    reported(planned, ended(1, snapshot="newer"))
    assert (covered(planned).state, states()) == ("unproved", ["resolved"])


def test_a_run_that_does_not_come_is_raised_once(planned: Desk) -> None:
    now = timezone.now()
    assert watch(now + timedelta(hours=25)) == 0
    assert watch(now + timedelta(hours=27)) == 1
    assert watch(now + timedelta(hours=28)) == 1
    raise_missed_runs(planned.anne, plans=["files"])
    (case,) = cases()
    assert case.title == "Back-up van Files: er kwam geen run"  # in the company's language
    reported(planned, ended(1, snapshot="late"))
    assert (states(), open_troubles()) == (["resolved"], [])
    change_backup_plan(planned.anne, change=BackupPlanChange(code="files", active=False))
    assert watch(now + timedelta(days=9)) == 0
    assert covered(planned).state == "idle"
    watch_backups.enqueue(planned.anne)
    work_off()


def test_by_a_calendar_only_working_time_counts(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_calendar(planned.anne, code="office", name="Office", zone="UTC")
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: friday)
    draft = BackupPlanDraft(
        code="office", name="Office", every_hours=8, grace_hours=1, calendar="office", rpo_hours=90
    )
    plan_backup(planned.anne, plan=draft)
    report = BackupReport(plan="office", report=ended(0, snapshot="friday"))
    report_backup_run(planned.anne, report=report)
    change_backup_plan(planned.anne, change=BackupPlanChange(code="files", active=False))
    # Nine hours of the office from Friday 16:00 on end on Tuesday morning at the latest.
    assert watch(friday + timedelta(days=2)) == 0
    assert watch(friday + timedelta(days=4)) == 1
    with pytest.raises(NotFound):
        plan_backup(planned.anne, plan=BackupPlanDraft(code="x", name="X", calendar="none"))


def test_plans_are_held_to_bounds(planned: Desk) -> None:
    with pytest.raises(KnownAlready):
        plan_backups(planned.anne, plans=[BackupPlanDraft(code="files", name="Again")])
    for wrong in (
        BackupPlanDraft(code="No", name="x", every_hours=0),
        BackupPlanDraft(code="a b", name="x"),
        BackupPlanDraft(code="a", name="x", paths=["relative"]),
        BackupPlanDraft(code="a", name="x", runs_here=True),
        BackupPlanDraft(code="a", name="x", repository="--password-command=id"),
    ):
        with pytest.raises(InvalidInput):
            plan_backup(planned.anne, plan=wrong)
    with pytest.raises(BackupFailed):
        start_backup(planned.anne, plan="files")
    with pytest.raises(UnknownRun):
        drill_restore(planned.anne, plan="files")
    with pytest.raises(BackupFailed):
        read_repository(planned.anne, plan="files")


# --- Show 4: real programs ----------------------------------------------------------------


@pytest.mark.needs("restic", "borg")
def test_a_drill_passes_until_two_bytes_are_spoiled(
    desk: Desk, repository: tuple[str, Path], source: Path
) -> None:
    tool, path = repository
    draft = BackupPlanDraft(
        code="real", name="Real", tool=tool, repository=str(path), paths=[str(source)],  # type: ignore[arg-type]
        runs_here=True,
    )  # fmt: skip
    plan_backup(desk.anne, plan=draft)
    start_backup(desk.anne, plan="real")
    work_off()
    run = BackupRun.objects.get()
    assert (run.ok, run.files) == (True, 2)
    assert covered(desk).state == "unproved"

    drill_restore(desk.anne, plan="real")
    work_off()
    proof = BackupProof.objects.get()
    assert (proof.ok, proof.files, proof.wrong) == (True, 2, 0), proof.message
    assert covered(desk).state == "proved"
    with open_file(desk.bo, proof_evidence(desk.bo, proof=proof.pk)) as file:
        assert b"as it was" in file.read()
    read_repository(desk.anne, plan="real")
    work_off()
    assert BackupProof.objects.get(kind="read").ok
    assert covered(desk).state == "proved"

    _spoil(path)
    drill_restore(desk.anne, plan="real")
    work_off()
    failed = BackupProof.objects.latest("pk")
    assert not failed.ok
    assert covered(desk).state == "failed"
    (case,) = cases()
    assert (case.state, case.impact) == ("new", 1)
    assert "hersteloefening mislukte" in case.title
    read_repository(desk.anne, plan="real")
    work_off()
    assert not BackupProof.objects.latest("pk").ok
    assert len(cases()) == 1  # it joins the incident of the same backup
    shown = backup_plan(desk.bo, code="real")
    assert [proof.ok for proof in shown.proofs] == [False, False, True, True]
    stored = "".join(Job.objects.values_list("result", flat=True))
    assert PASSWORD not in stored + shown.repository
    assert verify().ok


@pytest.mark.needs("restic", "borg")
def test_a_file_that_was_changed_in_the_backup_itself_is_found(
    desk: Desk, repository: tuple[str, Path], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The repository is sound, but holds something else than there was."""
    tool, path = repository
    draft = BackupPlanDraft(
        code="real", name="Real", tool=tool, repository=str(path), paths=[str(source)],  # type: ignore[arg-type]
        runs_here=True,
    )  # fmt: skip
    plan_backup(desk.anne, plan=draft)

    def then_changed(roots: list[Path], under: Path, told: Told) -> dict[str, str]:
        found = hash_files(roots, under, told)
        (source / "letter.txt").write_text("Dear writer")
        return found

    monkeypatch.setattr(making, "hash_files", then_changed)
    start_backup(desk.anne, plan="real")
    work_off()
    drill_restore(desk.anne, plan="real")
    work_off()
    proof = BackupProof.objects.get()
    assert (proof.ok, proof.wrong) == (False, 1)


def test_a_backup_without_its_password_says_what_to_do(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = BackupPlanDraft(
        code="real", name="Real", repository=str(tmp_path), paths=[str(tmp_path)], runs_here=True
    )
    with pytest.raises(BackupFailed, match="KANTOOR_BACKUP_ROOTS"):
        plan_backup(desk.anne, plan=draft)
    monkeypatch.setenv("KANTOOR_BACKUP_ROOTS", str(tmp_path.parent))
    plan_backup(desk.anne, plan=draft)
    assert watch(timezone.now()) == 0  # it is due at once
    assert Job.objects.filter(name="ict.make_backup").count() == 1
    work_off()
    assert not BackupRun.objects.get().ok
    assert "KANTOOR_BACKUP_PASSWORD_REAL" in BackupRun.objects.get().message
    assert states() == ["new"]
    watch(timezone.now())
    assert not Job.objects.filter(state="waiting").exists()  # not again at once


def _spoil(repository: Path) -> None:
    """Turn two bytes of the data."""
    data = [p for p in (repository / "data").rglob("*") if p.is_file() and p.stat().st_size > 1000]
    largest = max(data, key=lambda each: each.stat().st_size)
    largest.chmod(0o600)
    content = bytearray(largest.read_bytes())
    for at in (len(content) // 3, len(content) // 2):
        content[at] ^= 0xFF
    largest.write_bytes(content)


def test_kantoor_itself_is_a_plan_like_others(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KANTOOR_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("KANTOOR_RECOVERY_DIR", str(tmp_path / "safe"))
    with pytest.raises(InvalidInput):
        plan_backup(
            desk.anne,
            plan=BackupPlanDraft(code="own", name="Own", tool="kantoor", repository="/mine"),
        )
    plan_backup(desk.anne, plan=BackupPlanDraft(code="own", name="Kantoor", tool="kantoor"))
    watch(timezone.now())
    work_off()
    run = BackupRun.objects.get()
    assert run.ok
    made = tmp_path / "backups" / run.snapshot
    assert made.stat().st_size == run.size
    read_repository(desk.anne, plan="own")
    drill_restore(desk.anne, plan="own")
    work_off()
    proofs = BackupProof.objects.order_by("kind")
    found = [(proof.kind, proof.ok) for proof in proofs]
    said = "\n".join(proof.message for proof in proofs)
    assert found == [("drill", True), ("read", True)], said
    assert covered(desk).state == "proved"
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)
    drill_restore(desk.anne, plan="own")
    work_off()
    assert (covered(desk).state, states()) == ("failed", ["new"])


def test_runs_are_reported_and_cover_is_asked_at_the_console(
    planned: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def console(*words: str) -> tuple[int, Any]:
        parser = ArgumentParser()
        command = {each.name: each for each in COMMANDS}[" ".join(words[:2])]
        command.arguments(parser)
        code = command.run(Answers(json=True), parser.parse_args(words[2:]))
        return code or 0, json.loads(capsys.readouterr().out)

    report = tmp_path / "run.json"
    report.write_text(ended(1, snapshot="console"))
    manifest = tmp_path / "sums"
    manifest.write_text(f"{'a' * 64}  srv/letter.txt\n")
    asked = ("import", "backup", "--plan", "files", "--manifest", str(manifest), str(report))
    code, answer = console(*asked)
    assert (code, answer["ok"], answer["files"][0]["fresh"]) == (0, 1, 1)
    assert console(*asked)[1]["files"][0]["known"] == 1
    assert backup_plan(planned.bo, code="files").runs[0].has_manifest
    report.write_text("nothing")
    code, answer = console("import", "backup", "--plan", "files", str(report))
    assert (code, answer["failed"]) == (1, 1)
    assert answer["files"][0]["errors"][0]["rule"] == "ict.backup_report"
    code, answer = console("report", "backups")
    assert (code, answer["backups"][0]["state"]) == (1, "unproved")
