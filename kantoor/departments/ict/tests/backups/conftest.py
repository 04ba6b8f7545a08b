"""Something to back up, and repositories of real programs."""

import os
import subprocess
from pathlib import Path

import pytest

from kantoor.departments.ict.actions.backups.planning import plan_backup
from kantoor.departments.ict.drafts_backups import BackupPlanDraft
from kantoor.departments.ict.tests.people import Desk
from kantoor.departments.ict.tests.servers.watched import web

PASSWORD = "a password of tests"


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with a backup of files that is made elsewhere."""
    web(desk.anne)
    draft = BackupPlanDraft(
        code="files", name="Files", server="web-01", every_hours=24, grace_hours=2
    )
    plan_backup(desk.anne, plan=draft)
    return desk


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some files to back up."""
    monkeypatch.setenv("KANTOOR_BACKUP_PASSWORD_REAL", PASSWORD)
    monkeypatch.setenv("KANTOOR_BACKUP_ROOTS", str(tmp_path))
    folder = tmp_path / "source"
    (folder / "sub").mkdir(parents=True)
    (folder / "letter.txt").write_text("Dear reader")
    (folder / "sub" / "odd\nname.bin").write_bytes(os.urandom(300_000))
    (folder / "link").symlink_to("letter.txt")
    return folder


@pytest.fixture(params=["restic", "borg"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A repository of each of the two programs."""
    tool, path = request.param, tmp_path / "repository"
    env = {**os.environ, "RESTIC_PASSWORD": PASSWORD, "BORG_PASSPHRASE": PASSWORD,
           "BORG_BASE_DIR": str(tmp_path / "base"), "RESTIC_CACHE_DIR": str(tmp_path / "cache")}  # fmt: skip
    begin = {
        "restic": ["restic", "-r", str(path), "init"],
        "borg": ["borg", "init", "-e", "repokey", str(path)],
    }[tool]
    subprocess.run(begin, env=env, check=True, capture_output=True)
    return tool, path
