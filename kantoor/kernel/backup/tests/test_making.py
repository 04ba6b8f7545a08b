"""What a backup says of a source that is not whole, and whom it is encrypted for."""

from io import BytesIO
from pathlib import Path

import pytest
from msgspec import structs

from kantoor.kernel.actions.system import system_act
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.backup import recovery
from kantoor.kernel.backup.age import encrypt_io, x25519
from kantoor.kernel.backup.drilling import drill, is_of_this_record
from kantoor.kernel.backup.errors import BackupUnusable
from kantoor.kernel.backup.making import make_backup
from kantoor.kernel.backup.reading import check
from kantoor.kernel.backup.recovery import known_identities
from kantoor.kernel.files.content import path_of
from kantoor.kernel.files.files import store_file
from tests.founded import found, found_anew
from tests.undone import undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for copies of recovery keys."""
    monkeypatch.setenv("KANTOOR_RECOVERY_DIR", str(tmp_path / "safe"))
    return tmp_path / "safe"


def kept(content: bytes) -> Path:
    """A stored file of a company."""
    actor = console_actor(found().company)
    with system_act("tests.store"):
        return path_of(store_file(actor, content=content, name="a", media_type="text/plain").sha256)


def test_stored_files_come_along_and_a_damaged_or_missing_one_is_named(tmp_path: Path) -> None:
    whole = kept(b"a letter that only this test keeps")
    made = make_backup(tmp_path / "backups")
    assert not made.faults
    assert made.files >= 1

    whole.write_bytes(b"a letter that only this test SPOILT")
    made = make_backup(tmp_path / "backups")
    assert [fault.where for fault in made.faults] == [f"files/{whole.parent.name}{whole.name}"]

    whole.unlink()
    made = make_backup(tmp_path / "backups")
    assert [fault.check for fault in made.faults] == ["files"]


def test_others_named_in_the_environment_can_open_it_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(b"x")
    other, stranger = x25519.Identity.generate(), x25519.Identity.generate()
    monkeypatch.setenv("KANTOOR_BACKUP_RECIPIENTS", str(other.to_public()))
    made = make_backup(tmp_path)
    assert check(made.path, [other]).head_size > 0
    with pytest.raises(BackupUnusable, match="recovery key"):
        check(made.path, [stranger])
    monkeypatch.setenv("KANTOOR_BACKUP_RECIPIENTS", "age1nonsense")
    with pytest.raises(BackupUnusable, match="age1nonsense"):
        make_backup(tmp_path)


def test_the_recovery_key_is_made_once_and_copied_outside(tmp_path: Path, safe: Path) -> None:
    first = recovery.own_identity(tmp_path / "keys")
    again = recovery.own_identity(tmp_path / "keys")
    assert str(first) == str(again)
    assert (tmp_path / "keys" / "recovery.key").stat().st_mode & 0o77 == 0
    (copy,) = safe.iterdir()
    assert str(recovery.identities_in(copy)[0]) == str(first)
    (tmp_path / "keys" / "recovery.key").write_text("nothing")
    with pytest.raises(BackupUnusable):
        recovery.own_identity(tmp_path / "keys")


def test_a_backup_of_another_record_is_told_from_ours(tmp_path: Path) -> None:
    kept(b"y")
    made = make_backup(tmp_path)
    manifest = check(made.path, known_identities(made.key, None))
    kept_on = console_actor(Company.objects.get())
    with system_act("tests.store"):
        store_file(kept_on, content=b"later", name="b", media_type="text/plain")
    assert is_of_this_record(manifest)
    assert not is_of_this_record(structs.replace(manifest, head_root="00" * 32))
    assert not is_of_this_record(structs.replace(manifest, head_size=manifest.head_size + 9))


def test_a_drill_passes_whatever_was_undone_before_it(tmp_path: Path) -> None:
    """PostgreSQL's sequences have passed the numbers of what was undone."""
    kept(b"z")
    with undone():
        found_anew("Undone BV")
    made = make_backup(tmp_path)
    assert drill(made.path, known_identities(made.key, None)).faults == []


def test_a_large_file_of_something_else_is_refused_without_waiting_for_ever(tmp_path: Path) -> None:
    key = x25519.Identity.generate()
    path = tmp_path / "other.tar.age"
    with path.open("wb") as file:
        encrypt_io(BytesIO(b"no archive" * 200_000), file, [key.to_public()])
    with pytest.raises(BackupUnusable):
        check(path, [key])
