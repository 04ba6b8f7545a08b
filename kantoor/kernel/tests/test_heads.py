"""Signed heads: they read back as they were written, and nothing in them can be changed."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.record.heads import HeadUnreadable, SignedHead, parse, sign
from kantoor.kernel.record.verifiers import key_id, parse_verifier, verifier_text

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
ORIGIN = "kantoor/5b1f0c2e9a7d4433"
AT = 1_795_485_600_123_456
HEAD = sign(KEY, origin=ORIGIN, size=225_438, root=bytes(range(32)), at=AT)


def test_a_head_has_the_form_of_a_c2sp_checkpoint() -> None:
    origin, size, root, stamp, blank, signature, end = HEAD.text().split("\n")
    assert origin == ORIGIN
    assert size == "225438"
    assert root == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    assert stamp == "kantoor-head v1 2026-11-24T02:00:00.123456Z"
    assert (blank, end) == ("", "")
    assert signature.startswith(f"— {ORIGIN} ")


@given(
    size=st.integers(0, 2**63 - 1),
    root=st.binary(min_size=32, max_size=32),
    at=st.integers(0, 4_102_444_800_000_000),
)
def test_a_head_reads_back_and_verifies(size: int, root: bytes, at: int) -> None:
    head = sign(KEY, origin=ORIGIN, size=size, root=root, at=at)
    assert parse(head.text()) == head
    assert head.verify(KEY.public_key())
    assert not head.verify(OTHER.public_key())


def test_a_head_survives_the_mail() -> None:
    mailed = "\r\n\r\n" + HEAD.text().replace("\n", "\r\n") + "\r\n"
    assert parse(mailed) == HEAD


def test_signatures_of_witnesses_are_passed_over() -> None:
    lines = HEAD.text().splitlines()
    noted = "\n".join([*lines[:-1], "— witness.example/w1 AAAA", lines[-1], "— x/y AAAAAAAA"])
    assert parse(noted) == HEAD


@pytest.mark.parametrize(
    "changed",
    [
        replace(HEAD, origin=HEAD.origin[:-1] + "2"),
        replace(HEAD, size=HEAD.size ^ 1),
        replace(HEAD, root=bytes([1]) + HEAD.root[1:]),
        replace(HEAD, at=HEAD.at ^ 1),
        replace(HEAD, key_id=f"{int(HEAD.key_id, 16) ^ 1:08x}"),
        replace(HEAD, signature=bytes([HEAD.signature[0] ^ 1]) + HEAD.signature[1:]),
        replace(HEAD, version=2),
    ],
    ids=["origin", "size", "root", "at", "key_id", "signature", "version"],
)
def test_a_head_with_one_field_changed_does_not_verify(changed: SignedHead) -> None:
    assert HEAD.verify(KEY.public_key())
    assert not changed.verify(KEY.public_key())


def test_no_bit_of_the_text_can_be_flipped() -> None:
    data = HEAD.text().encode()
    for bit in range(8 * len(data)):
        bent = bytearray(data)
        bent[bit // 8] ^= 1 << bit % 8
        try:
            head = parse(bent.decode())
        except (HeadUnreadable, UnicodeDecodeError):
            continue
        # What still reads is either refused by the key, or the same head (blank space at its end).
        assert head == HEAD or not head.verify(KEY.public_key())
        assert head != HEAD or bit // 8 == len(data) - 1


def lines_with(number: int, line: str) -> str:
    lines = HEAD.text().splitlines()
    lines[number - 1] = line
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None),
        ("hello", None),
        ("\n".join(HEAD.text().splitlines()[:4]), None),
        (HEAD.text().replace("\n\n", "\n"), None),
        ("x" * 200_000, None),
        (lines_with(1, "two words"), 1),
        (lines_with(1, "plus+plus"), 1),
        (lines_with(2, "-1"), 2),
        (lines_with(2, "0225438"), 2),
        (lines_with(2, "9223372036854775808"), 2),
        (lines_with(2, "٣"), 2),
        (lines_with(2, "9" * 5000), 2),
        (lines_with(3, "AAAA"), 3),
        (lines_with(3, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9="), 3),
        (lines_with(4, "kantoor-head v1 2026-02-31T02:00:00.000000Z"), 4),
        (lines_with(4, "kantoor-head v1 1969-02-01T02:00:00.000000Z"), 4),
        (lines_with(4, "kantoor-head v2 2026-02-01T02:00:00.000000Z"), 4),
        (lines_with(4, "kantoor-head v1 2026-02-01T02:00:00Z"), 4),
        (lines_with(6, "- kantoor/x AAAA"), 6),
        (lines_with(6, f"— {ORIGIN} not base64"), 6),
        (lines_with(6, f"— {ORIGIN} AAAA"), 6),
        (lines_with(6, "— other/name AAAA"), 6),
    ],
)
def test_what_is_no_head_is_refused_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(HeadUnreadable) as refusal:
        parse(text)
    assert refusal.value.place.line == line
    assert str(refusal.value.message)


@given(st.text(max_size=300))
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    with pytest.raises(HeadUnreadable):
        parse(text)


@given(st.data())
def test_a_cut_or_pasted_head_is_refused_or_does_not_verify(data: st.DataObject) -> None:
    text = HEAD.text()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    bent = text[:start] + data.draw(st.text("\n 0Az=—é", max_size=5)) + text[end:]
    try:
        head = parse(bent)
    except HeadUnreadable:
        return
    assert head == HEAD or not head.verify(KEY.public_key())


def test_a_verifier_reads_back() -> None:
    text = verifier_text(ORIGIN, KEY.public_key())
    name, key = parse_verifier(text + "\n")
    assert name == ORIGIN
    assert parse(HEAD.text()).verify(key)
    assert text.split("+")[1] == key_id(ORIGIN, KEY.public_key()) == HEAD.key_id


def test_a_verifier_is_that_of_the_signed_note_tools() -> None:
    # The key of the Go checksum database, published with golang.org/x/mod.
    golang = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    name, key = parse_verifier(golang)
    assert verifier_text(name, key) == golang


@pytest.mark.parametrize("text", ["", "a+b", "a+b+c", "x+00000000+" + "A" * 44, "é+1+☃"])
def test_what_is_no_verifier_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_verifier(text)
