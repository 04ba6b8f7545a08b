"""Stored files: on disk before they are committed, by the hash of their content, and proved."""

import io
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.content import Content, keep, kept, measure, path_of
from kantoor.kernel.files.files import FileGone, open_file, store_file
from kantoor.kernel.files.models import File
from kantoor.kernel.record.tests.office import faults, founded, perform, places
from kantoor.kernel.record.verify.system import verify

LETTER = b"Dear customer"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def anne(db: None) -> Actor:
    return founded()


def letter(actor: Actor, content: bytes = LETTER, name: str = "letter.txt") -> File:
    file: File = perform(
        actor, lambda: store_file(actor, content=content, name=name, media_type="text/plain")
    )
    return file


def test_a_file_is_opened_as_it_was_stored(anne: Actor, tmp_path: Path) -> None:
    file = letter(anne)
    assert (file.size, file.name, file.media_type) == (13, "letter.txt", "text/plain")
    with open_file(anne, file) as content:
        assert content.read() == LETTER
    assert path_of(file.sha256).is_relative_to(tmp_path / "files" / file.sha256[:2])
    assert path_of(file.sha256).stat().st_mode & 0o077 == 0


def test_a_path_is_copied_in_pieces(anne: Actor, tmp_path: Path) -> None:
    source = tmp_path / "large.bin"
    source.write_bytes(b"x" * 3_000_000)
    file = perform(anne, lambda: store_file(anne, path=source, name="large.bin", media_type="x/y"))
    assert measure(path_of(file.sha256)) == Content(file.sha256, 3_000_000)


def test_the_same_content_is_kept_once(anne: Actor) -> None:
    first, second = letter(anne), letter(anne, name="copy.txt")
    assert first.sha256 == second.sha256
    assert list(kept()) == [first.sha256]
    found = verify()
    assert found.checked["files"] == 1
    assert faults(found) == []


def test_another_company_s_file_does_not_exist(anne: Actor) -> None:
    file = letter(anne)
    with pytest.raises(NotFound):
        open_file(founded("Garage Vos"), file)


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anne\\letter.txt", "letter.txt"),
        ("", "file"),
        ("é" * 300 + ".txt", "é" * 196 + ".txt"),
        ("a\0b.txt", "ab.txt"),
    ],
)
def test_a_name_is_a_name_and_no_path(anne: Actor, given: str, kept_as: str) -> None:
    assert letter(anne, name=given).name == kept_as


def test_a_file_that_was_changed_or_removed_is_named(anne: Actor) -> None:
    file, other = letter(anne), letter(anne, content=b"other")
    path_of(file.sha256).write_bytes(b"Dear stranger")
    path_of(other.sha256).unlink()
    assert {fault.where: fault.what for fault in faults()} == {
        f"kernel_file row {file.pk}": "its content was changed",
        f"kernel_file row {other.pk}": "its content is missing, or can't be read",
    }
    with pytest.raises(FileGone):
        open_file(anne, other)
    # Stored once more, it is right again.
    letter(anne)
    assert f"kernel_file row {file.pk}" not in places()


def test_what_a_failed_transaction_leaves_is_no_fault(anne: Actor) -> None:
    keep(io.BytesIO(b"nobody's"))
    found = verify()
    assert faults(found) == []
    assert found.orphan_files == 1


@pytest.mark.parametrize("change", ["sha256 = 'x'", "size = 1", "created_at = '2020-01-01'"])
def test_the_database_refuses_another_content(anne: Actor, change: str) -> None:
    file = letter(anne)
    for sql in (f"UPDATE kernel_file SET {change}", "DELETE FROM kernel_file"):  # noqa: S608
        with (
            pytest.raises(DatabaseError, match="never"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{sql} WHERE id = %s", [file.pk])


def test_a_file_can_get_another_name(anne: Actor) -> None:
    file = letter(anne)
    file.name = "offer.txt"
    perform(anne, file.save)
    assert faults() == []
