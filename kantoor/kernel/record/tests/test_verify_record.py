"""`verify` on the record itself: whoever changes it, without the key or with it, is found out."""

import hmac
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.record import heads
from kantoor.kernel.record.append import seal_of
from kantoor.kernel.record.canonical import CHANGES_BITS, leaf_hash
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.record.merkle import Frontier
from kantoor.kernel.record.signing import latest_head_note, sign_head
from kantoor.kernel.record.tests.office import by_hand, faults, organisation, person, places
from kantoor.kernel.record.verifiers import verifier_text
from kantoor.kernel.record.verify.system import verify, verify_against
from kantoor.kernel.store.raw import run


def last_seq() -> int:
    return int(run("SELECT max(seq) FROM kernel_record")[0][0])


def test_an_untouched_record_is_proved(anne: Actor) -> None:
    person(anne)
    sign_head()
    found = verify()
    assert faults(found) == []
    assert found.checked["kernel_record"] == last_seq()
    assert found.checked["kernel_party"] == 1
    assert found.checked["kernel_signed_head"] == 1
    assert found.rows >= sum([last_seq(), 1, 1])


def test_progress_is_told(anne: Actor) -> None:
    told: list[tuple[str, int]] = []
    verify(lambda table, rows: told.append((table, rows)))
    assert ("kernel_party", 0) in told


def test_a_changed_act_is_named(anne: Actor) -> None:
    person(anne)
    by_hand("UPDATE kernel_record SET actor_id = 77 WHERE seq = %s", last_seq())
    assert places() == [f"kernel_record row {last_seq()}"]


def test_a_changed_act_with_its_own_hash_mended_shows_in_the_head(anne: Actor) -> None:
    person(anne)
    _mend_leaf(last_seq(), actor_id=77)
    assert places() == ["kernel_head row 1 column root", "kernel_head row 1 column frontier"]


def _mend_leaf(seq: int, actor_id: int) -> None:
    columns = (
        "version, seq, at, company_id, actor_id, action, outcome, code, about, cause, request,"
        " changes"
    )
    by_hand("UPDATE kernel_record SET actor_id = %s WHERE seq = %s", actor_id, seq)
    header = run(f"SELECT {columns} FROM kernel_record WHERE seq = %s", [seq])[0]  # noqa: S608
    by_hand("UPDATE kernel_record SET leaf = %s WHERE seq = %s", leaf_hash(header), seq)


def test_a_missing_act_in_the_middle_is_named(anne: Actor) -> None:
    person(anne)
    organisation(anne)
    gone = last_seq() - 1
    by_hand("DELETE FROM kernel_record WHERE seq = %s", gone)
    assert f"kernel_record row {gone}" in places()


def test_acts_cut_off_at_the_end_are_named(anne: Actor) -> None:
    person(anne)
    gone = last_seq()
    by_hand("DELETE FROM kernel_record WHERE seq = %s", gone)
    assert f"kernel_record row {gone}" in places()


def test_an_act_put_behind_the_last_is_named(anne: Actor) -> None:
    seq = last_seq()
    by_hand(
        "INSERT INTO kernel_record SELECT %s, version, at, company_id, actor_id, action, outcome,"
        " code, about, cause, request, changes, leaf FROM kernel_record WHERE seq = %s",
        seq + 1,
        seq,
    )
    assert places() == [f"kernel_record row {seq + 1}"]


def test_each_column_of_the_head_is_named(anne: Actor) -> None:
    for column, value in {"size": 1, "frontier": b"x", "root": b"y", "seal": b"z"}.items():
        (before,) = run(f"SELECT {column} FROM kernel_head")[0]  # noqa: S608
        by_hand(f"UPDATE kernel_head SET {column} = %s", value)  # noqa: S608
        assert "kernel_head row 1" in places()
        if column != "seal":
            assert f"kernel_head row 1 column {column}" in places()
        by_hand(f"UPDATE kernel_head SET {column} = %s", before)  # noqa: S608
    assert places() == []


def test_a_head_that_is_gone_or_doubled_is_named(anne: Actor) -> None:
    by_hand("INSERT INTO kernel_head SELECT 2, size, frontier, root, seal FROM kernel_head")
    assert places() == ["kernel_head row 2"]
    by_hand("DELETE FROM kernel_head")
    assert places() == ["kernel_head row 1"]


def test_a_changed_change_is_named_among_those_of_its_act(anne: Actor) -> None:
    person(anne)
    key = last_seq() << CHANGES_BITS
    assert len(run("SELECT id FROM kernel_change WHERE seq = %s", [last_seq()])) == 2
    by_hand("UPDATE kernel_change SET body = %s WHERE id = %s", b"x", key + 1)
    assert f"kernel_change row {key + 1}" in places()
    assert f"kernel_change row {key}" not in places()


def test_a_missing_change_and_one_of_no_act_are_named(anne: Actor) -> None:
    person(anne)
    key, stray = last_seq() << CHANGES_BITS, (last_seq() + 9) << CHANGES_BITS
    by_hand(
        "INSERT INTO kernel_change SELECT %s, seq, tablename, layout, operation, first_id,"
        " last_id, form, body FROM kernel_change WHERE id = %s",
        stray,
        key,
    )
    by_hand("DELETE FROM kernel_change WHERE id = %s", key)
    assert {f"kernel_change row {key}", f"kernel_change row {stray}"} <= set(places())


def test_signed_heads_are_proved_by_signature_and_by_the_record(anne: Actor) -> None:
    person(anne)
    sign_head()
    (key,) = run("SELECT id FROM kernel_signed_head")[0]
    for column in ("size", "root", "at", "key_id", "note"):
        (before,) = run(f"SELECT {column} FROM kernel_signed_head")[0]  # noqa: S608
        value = b"x" if column == "root" else "7" if column in ("key_id", "note") else 7
        by_hand(f"UPDATE kernel_signed_head SET {column} = %s", value)  # noqa: S608
        assert any(where.startswith(f"kernel_signed_head row {key}") for where in places())
        by_hand(f"UPDATE kernel_signed_head SET {column} = %s", before)  # noqa: S608
    assert places() == []


def test_a_layout_that_was_changed_or_taken_away_is_named(anne: Actor) -> None:
    person(anne)
    (key,) = run("SELECT id FROM kernel_layout WHERE tablename = 'kernel_party'")[0]
    (columns,) = run("SELECT columns FROM kernel_layout WHERE id = %s", [key])[0]
    by_hand("UPDATE kernel_layout SET columns = '[]' WHERE id = %s", key)
    assert f"kernel_layout row {key}" in places()
    by_hand("UPDATE kernel_layout SET columns = %s WHERE id = %s", columns, key)
    assert places() == []
    by_hand("DELETE FROM kernel_layout WHERE id = %s", key)
    assert f"kernel_layout row {key}" in places()


def test_a_guard_that_was_taken_away_or_replaced_is_named(anne: Actor) -> None:
    assert verify().ok
    with connection.cursor() as cursor:
        on = " ON kernel_record" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER kernel_record_no_update{on}")
    assert [fault.where for fault in verify().faults] == [
        "kernel_record guard kernel_record_no_update"
    ]


@pytest.mark.sqlite_only
def test_a_guard_that_does_nothing_is_no_guard(anne: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER kernel_record_no_update")
        cursor.execute(
            "CREATE TRIGGER kernel_record_no_update BEFORE UPDATE ON kernel_record"
            " BEGIN SELECT 1; END"
        )
        cursor.execute("CREATE TRIGGER helpful AFTER INSERT ON kernel_record BEGIN SELECT 1; END")
    assert {fault.where for fault in verify().faults} == {
        "kernel_record guard kernel_record_no_update",
        "kernel_record trigger helpful",
    }


@pytest.mark.sqlite_only
def test_text_that_is_no_text_is_named_like_any_other(anne: Actor) -> None:
    party = organisation(anne)
    by_hand("UPDATE kernel_party SET name = CAST(X'ff41' AS TEXT) WHERE id = %s", party.pk)
    assert places() == [f"kernel_party row {party.pk} column name"]


# --- heads that were handed out


def test_a_head_handed_out_earlier_still_fits_a_record_that_grew(anne: Actor) -> None:
    person(anne)
    sign_head()
    note = latest_head_note()
    organisation(anne)
    assert verify_against(note).ok
    assert verify(against=[note], verifier=secrets().verifier).ok


def test_a_record_rewritten_with_the_key_in_hand_is_caught_by_a_head(anne: Actor) -> None:
    person(anne)
    sign_head()
    note = latest_head_note()
    _rewrite_everything(seq=last_seq() - 1)
    assert faults() == []
    assert [fault.where for fault in verify_against(note).faults if fault.check == "against"]
    assert not verify_against(note).ok


def _rewrite_everything(seq: int) -> None:
    """What an insider with both keys would do: change an act, then sign and seal it all anew."""
    _mend_leaf(seq, actor_id=77)
    leaves = [bytes(leaf) for (leaf,) in run("SELECT leaf FROM kernel_record ORDER BY seq")]
    frontier = Frontier()
    frontier.extend(leaves)
    row = (frontier.size, frontier.to_bytes(), frontier.root())
    by_hand(
        "UPDATE kernel_head SET size = %s, frontier = %s, root = %s, seal = %s",
        *row,
        seal_of(*row),
    )
    # The signed head lies in the record too; the insider takes it out of the way altogether.
    by_hand("DELETE FROM kernel_signed_head")
    _forget_signing(leaves)


def _forget_signing(leaves: list[bytes]) -> None:
    last = len(leaves)
    by_hand("DELETE FROM kernel_change WHERE seq = %s", last)
    by_hand("DELETE FROM kernel_record WHERE seq = %s", last)
    by_hand("DELETE FROM sqlite_sequence WHERE name = 'kernel_signed_head'") if (
        connection.vendor == "sqlite"
    ) else None
    frontier = Frontier()
    frontier.extend(leaves[:-1])
    row = (frontier.size, frontier.to_bytes(), frontier.root())
    by_hand(
        "UPDATE kernel_head SET size = %s, frontier = %s, root = %s, seal = %s",
        *row,
        seal_of(*row),
    )


def test_a_record_cut_back_to_an_older_copy_is_caught_by_a_head(anne: Actor) -> None:
    (size,) = run("SELECT size FROM kernel_head")[0]
    newer = heads.sign(
        secrets().signing, origin=secrets().origin, size=size + 5, root=bytes(32), at=1
    )
    found = verify_against(newer.text())
    assert [fault.what for fault in found.faults] == [
        "the record has fewer acts: its end was cut off"
    ]


def test_a_head_of_another_key_or_a_damaged_one_proves_nothing(anne: Actor) -> None:
    sign_head()
    other = Ed25519PrivateKey.generate()
    found = verify_against(latest_head_note(), verifier=verifier_text("other", other.public_key()))
    assert [fault.what for fault in found.faults] == ["isn't signed by the key of this record"]
    assert "no signed head" in verify_against("hello").faults[0].what


def test_the_seal_needs_the_key(db: None) -> None:
    text = b"anything"
    assert hmac.digest(secrets().sealing, text, "sha256") != sha256(text).digest()
