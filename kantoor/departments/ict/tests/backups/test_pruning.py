"""Old copies go when they were kept long enough, and not before somebody saw which."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from kantoor.departments.ict.actions.backups.making import start_backup
from kantoor.departments.ict.actions.backups.planning import plan_backup
from kantoor.departments.ict.actions.backups.proving import drill_restore
from kantoor.departments.ict.actions.backups.pruning import prune_backups, show_pruning
from kantoor.departments.ict.drafts_backups import BackupPlanDraft
from kantoor.departments.ict.errors_servers import BackupFailed
from kantoor.departments.ict.models import BackupProof
from kantoor.departments.ict.tests.backups.conftest import PASSWORD
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.jobs.worker import work_off


@pytest.mark.needs("restic", "borg")
def test_old_copies_are_shown_first_and_only_then_thrown_away(
    desk: Desk, repository: tuple[str, Path], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool, path = repository
    draft = BackupPlanDraft(
        code="real", name="Real", tool=tool, repository=str(path), paths=[str(source)],  # type: ignore[arg-type]
        runs_here=True, keep_days=7,
    )  # fmt: skip
    plan_backup(desk.anne, plan=draft)
    _old_copy(tool, path, source, name="real-20200101T000000", tags=["real"])
    _old_copy(tool, path, source, name="other-20200101T000000", tags=["other"])
    show_pruning(desk.anne, plan="real")
    work_off()
    assert not BackupProof.objects.get().ok  # the old copy is the only one
    start_backup(desk.anne, plan="real")
    work_off()
    with pytest.raises(BackupFailed, match="first"):
        prune_backups(desk.anne, plan="real")
    show_pruning(desk.anne, plan="real")
    work_off()
    shown = BackupProof.objects.latest("pk")
    assert (shown.kind, shown.ok) == ("would", True), shown.message
    assert _copies(tool, path) == 3
    prune_backups(desk.anne, plan="real")
    work_off()
    done = BackupProof.objects.latest("pk")
    assert (done.kind, done.ok) == ("prune", True), done.message
    assert _copies(tool, path) == 2
    drill_restore(desk.anne, plan="real")
    work_off()
    assert BackupProof.objects.latest("pk").ok


def test_what_is_backed_up_elsewhere_is_not_pruned_here(planned: Desk) -> None:
    for prune in (show_pruning, prune_backups):
        with pytest.raises(BackupFailed):
            prune(planned.anne, plan="files")


def _program(path: Path, *command: str) -> str:
    env = {**os.environ, "RESTIC_PASSWORD": PASSWORD, "BORG_PASSPHRASE": PASSWORD,
           "BORG_BASE_DIR": str(path.parent / "base"), "RESTIC_CACHE_DIR": str(path.parent / "cache")}  # fmt: skip
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


def _old_copy(tool: str, path: Path, source: Path, *, name: str, tags: list[str]) -> None:
    """A copy of years ago."""
    if tool == "restic":
        tagged = [word for tag in tags for word in ("--tag", tag)]
        when = ["--time", "2020-01-01 00:00:00"]
        _program(path, "restic", "-r", str(path), "backup", *tagged, *when, str(source))
    else:
        when = ["--timestamp", "2020-01-01T00:00:00"]
        _program(path, "borg", "create", *when, f"{path}::{name}", str(source))


def _copies(tool: str, path: Path) -> int:
    if tool == "restic":
        return len(json.loads(_program(path, "restic", "-r", str(path), "snapshots", "--json")))
    return len(json.loads(_program(path, "borg", "list", "--json", str(path)))["archives"])
