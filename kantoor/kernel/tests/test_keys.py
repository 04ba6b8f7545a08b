"""The key folder: made whole, once, by whoever comes first, and refused when it is not safe."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kantoor.kernel.record.keys import KeysUnusable, load_or_create, subject_key
from kantoor.kernel.record.verifiers import parse_verifier, public_bytes

PRIVATE = ("record-signing.pem", "sealing.key", "erasure.key")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_keys_are_made_once_and_then_found_again(folder: Path) -> None:
    first, second = load_or_create(folder), load_or_create(folder)
    assert public_bytes(first.public) == public_bytes(second.public)
    assert (first.sealing, first.erasure) == (second.sealing, second.erasure)
    assert first.sealing != first.erasure
    assert len(first.sealing) == len(first.erasure) == 32


def test_only_the_owner_gets_at_the_private_files(folder: Path) -> None:
    load_or_create(folder)
    assert mode(folder) == 0o700
    assert [mode(folder / name) for name in PRIVATE] == [0o600] * 3
    assert sorted(os.listdir(folder)) == sorted([*PRIVATE, "record-signing.pub"])


def test_the_public_file_verifies_what_the_private_one_signs(folder: Path) -> None:
    found = load_or_create(folder)
    name, key = parse_verifier((folder / "record-signing.pub").read_text())
    assert name == found.origin
    key.verify(found.signing.sign(b"head"), b"head")


def test_two_installations_have_names_of_their_own(tmp_path: Path) -> None:
    assert load_or_create(tmp_path / "a").origin != load_or_create(tmp_path / "b").origin


def test_processes_that_begin_at_once_agree(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(load_or_create, [folder] * 16))
    assert len({(public_bytes(s.public), s.sealing, s.erasure) for s in found}) == 1
    assert not [name for name in os.listdir(folder) if name.startswith(".")]


@pytest.mark.parametrize("done", [["sealing.key"], ["sealing.key", "erasure.key"]])
def test_a_start_that_was_interrupted_is_taken_up_again(
    folder: Path, tmp_path: Path, done: list[str]
) -> None:
    load_or_create(tmp_path / "other")
    folder.mkdir(parents=True)
    for name in done:
        (folder / name).write_bytes((tmp_path / "other" / name).read_bytes())
        (folder / name).chmod(0o600)
    assert load_or_create(folder).sealing == load_or_create(tmp_path / "other").sealing


def test_a_public_file_that_went_is_made_again(folder: Path) -> None:
    load_or_create(folder)
    public = folder / "record-signing.pub"
    before = public.read_text()
    public.unlink()
    load_or_create(folder)
    assert public.read_text() == before


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_file_that_went_is_never_made_again(folder: Path, name: str) -> None:
    load_or_create(folder)
    (folder / name).unlink()
    with pytest.raises(KeysUnusable, match=name):
        load_or_create(folder)
    assert not (folder / name).exists()


@pytest.mark.parametrize("name", PRIVATE)
@pytest.mark.parametrize("opened", [0o604, 0o640, 0o602, 0o666])
def test_a_private_file_that_others_can_reach_is_refused(
    folder: Path, name: str, opened: int
) -> None:
    load_or_create(folder)
    (folder / name).chmod(opened)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        load_or_create(folder)


@pytest.mark.parametrize("name", PRIVATE)
@pytest.mark.parametrize("content", [b"", b"zz", b"00" * 31, b"\xff" * 32, b"00" * 5000])
def test_a_damaged_file_is_refused(folder: Path, name: str, content: bytes) -> None:
    load_or_create(folder)
    (folder / name).write_bytes(content)
    with pytest.raises(KeysUnusable, match="damaged"):
        load_or_create(folder)


def test_a_private_key_of_another_kind_is_refused(folder: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    load_or_create(folder)
    other = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "record-signing.pem").write_bytes(other)
    with pytest.raises(KeysUnusable, match="damaged"):
        load_or_create(folder)


def test_secrets_do_not_show_themselves(folder: Path) -> None:
    found = load_or_create(folder)
    shown = repr(found)
    assert shown == "Secrets()"
    assert isinstance(found.signing, Ed25519PrivateKey)


def test_a_subject_key_depends_on_the_master_and_the_salt() -> None:
    made = subject_key(b"m" * 32, b"s" * 16)
    assert len(made) == 32
    assert made == subject_key(b"m" * 32, b"s" * 16)
    assert made != subject_key(b"n" * 32, b"s" * 16)
    assert made != subject_key(b"m" * 32, b"t" * 16)
    # Fixed for good: what was encrypted years ago must open with the key made today.
    assert made.hex() == "75543e05552cb0747f49cbaf0e6518138d53d45d191af397b6542c83bd271595"
