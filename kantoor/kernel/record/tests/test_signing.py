"""Heads at intervals, their copies elsewhere, and proofs that an auditor checks alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.record import auditor, signing
from kantoor.kernel.record.heads import parse
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.record.models import SignedHead
from kantoor.kernel.record.proofs import as_json, consistency_proof, inclusion_proof
from kantoor.kernel.record.tests.office import founded, organisation
from kantoor.kernel.record.verify.system import verify
from kantoor.kernel.store.raw import run


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KANTOOR_HEADS_DIR", str(tmp_path / "elsewhere"))
    return tmp_path / "elsewhere"


def size() -> int:
    return int(run("SELECT size FROM kernel_head")[0][0])


def test_a_head_is_signed_when_the_record_grew_and_not_for_its_own_sake(anne: Actor) -> None:
    before = size()
    first = signing.sign_head()
    assert first is not None
    assert first.size == before
    assert signing.sign_head() is None
    organisation(anne)
    second = signing.sign_head()
    assert second is not None
    assert second.size == before + 2  # The act of signing, and the party.
    assert verify(tables=["kernel_signed_head"]).ok


def test_a_signed_head_is_copied_elsewhere(anne: Actor, elsewhere: Path) -> None:
    head = signing.sign_head()
    assert head is not None
    (copy,) = elsewhere.iterdir()
    assert parse(copy.read_text(encoding="utf-8")) == head
    assert copy.read_text(encoding="utf-8") == signing.latest_head_note()
    assert [shown.size for shown in signing.signed_heads()] == [head.size]


def test_a_folder_that_cannot_be_written_stops_nothing(
    anne: Actor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("KANTOOR_HEADS_DIR", str(tmp_path / "file"))
    assert signing.sign_head() is not None
    assert "was not copied" in caplog.text


def test_without_a_head_there_is_no_note(anne: Actor) -> None:
    SignedHead.objects.all().exists()
    assert signing.latest_head_note() == ""


def test_every_act_can_be_proved_to_an_auditor(anne: Actor) -> None:
    for n in range(6):
        organisation(anne, code=f"A{n}")
    signing.sign_head()
    note, key = signing.latest_head_note(), secrets().verifier
    seqs = [
        s for (s,) in run("SELECT seq FROM kernel_record WHERE company_id = %s", [anne.company_id])
    ]
    assert len(seqs) == 6
    for seq in seqs:
        proof = json.loads(as_json(inclusion_proof(anne, seq=seq)))
        assert auditor.check(proof, note, key) == []
        for field, value in (("at", 1), ("actor", None), ("about", "x"), ("changes", "")):
            told = proof["entry"][field]
            if told != value:
                changed = {**proof, "entry": {**proof["entry"], field: value}}
                assert auditor.check(changed, note, key)


def test_a_record_can_be_proved_to_have_only_grown(anne: Actor) -> None:
    signing.sign_head()
    old = signing.latest_head_note()
    for n in range(5):
        organisation(anne, code=f"A{n}")
    signing.sign_head()
    proof = json.loads(as_json(consistency_proof(anne, old_size=parse(old).size)))
    assert auditor.check(proof, old, secrets().verifier) == []
    assert auditor.check({**proof, "old_root": "00" * 32}, old)
    assert auditor.check({**proof, "path": proof["path"][:-1]}, old)


def test_proofs_are_of_one_s_own_company_and_within_the_record(anne: Actor) -> None:
    organisation(anne)
    seq = size()
    with pytest.raises(NotFound):
        inclusion_proof(founded("Garage Vos"), seq=seq)
    with pytest.raises(InvalidInput):
        inclusion_proof(anne, seq=seq, size=seq - 1)
    with pytest.raises(InvalidInput):
        consistency_proof(anne, old_size=10_000, size=size())
    # Without a signed head it is proved in the record as it is.
    proof = inclusion_proof(anne, seq=seq)
    assert (proof.size, proof.head) == (size(), "")


def test_the_check_runs_without_kantoor(anne: Actor, tmp_path: Path) -> None:
    organisation(anne)
    seq = size()
    signing.sign_head()
    proof, head, key = tmp_path / "proof.json", tmp_path / "head.txt", tmp_path / "key.pub"
    proof.write_bytes(as_json(inclusion_proof(anne, seq=seq)))
    head.write_text(signing.latest_head_note(), encoding="utf-8")
    key.write_text(secrets().verifier)
    given = [proof, "--head", head, "--key", key]
    command = [sys.executable, "-I", auditor.__file__, *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "The proof holds.\n")
    proof.write_text(proof.read_text().replace('"done"', '"gone"'))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "the act is not in the record of this root\n")


def test_the_auditor_s_own_messagepack_is_ours() -> None:
    from kantoor.kernel.store.tables import encode

    values = [
        None, 0, 1, 127, 128, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1,
        -1, -32, -33, -128, -129, -(2**31), -(2**63),
        "", "a" * 31, "é" * 16, "a" * 32, "b" * 300, "c" * 70_000,
        b"", b"x" * 255, b"y" * 256, b"z" * 70_000,
    ]  # fmt: skip
    for value in values:
        assert auditor.pack(value) == encode(value)
    assert auditor.pack(values[:12]) == encode(values[:12])
