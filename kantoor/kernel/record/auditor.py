"""Check a proof or a signed head without Kantoor: this file needs Python alone, so copy it.

    python auditor.py PROOF.json [--head HEAD.txt] [--key KEY.pub]

`--head` is a head that was handed out earlier: the proof must be of the record it was made of.
`--key` is the record's public key (`record-signing.pub`); to check signatures with it the package
`cryptography` has to be there. Prints what is wrong, and ends with 1 if anything is.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FIELDS = (
    "version", "seq", "at", "company", "actor", "action", "outcome", "code", "about", "cause",
    "request", "changes",
)  # fmt: skip
HEXADECIMAL = ("request", "changes")


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def pack(value: Any) -> bytes:
    """MessagePack, as far as an entry of the record needs it."""
    if value is None:
        return b"\xc0"
    if isinstance(value, int):
        return pack_integer(value)
    if isinstance(value, bytes):
        return sized(len(value), ((8, b"\xc4"), (16, b"\xc5"), (32, b"\xc6"))) + value
    if isinstance(value, str):
        text = value.encode()
        short = bytes([0xA0 | len(text)]) if len(text) < 32 else b""
        return (short or sized(len(text), ((8, b"\xd9"), (16, b"\xda"), (32, b"\xdb")))) + text
    return bytes([0x90 | len(value)]) + b"".join(map(pack, value))  # a list of less than 16


def sized(length: int, forms: tuple[tuple[int, bytes], ...]) -> bytes:
    bits, mark = next(form for form in forms if length < 1 << form[0])
    return mark + length.to_bytes(bits // 8, "big")


def pack_integer(value: int) -> bytes:
    if -32 <= value < 128:
        return value.to_bytes(1, "big", signed=value < 0)
    first, signed = (0xCC, False) if value >= 0 else (0xD0, True)
    for step, size in enumerate((1, 2, 4, 8)):
        low, high = (-1 << 8 * size - 1, 0) if signed else (0, (1 << 8 * size) - 1)
        if low <= value <= high:
            return bytes([first + step]) + value.to_bytes(size, "big", signed=signed)
    raise ValueError(value)


def leaf_of(entry: dict[str, Any]) -> bytes:
    """RFC 9162 2.1.1: the hash of an entry."""
    values = [bytes.fromhex(entry[f]) if f in HEXADECIMAL else entry[f] for f in FIELDS]
    return sha256(b"\0" + pack(values))


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """RFC 9162 2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\1" + p + r)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\1" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def grown(old_size: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> bool:
    """RFC 9162 2.1.4.2."""
    if old_size == size:
        return not path and old_root == root
    if not 0 < old_size < size or not path:
        return False
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = steps[0]
    for c in steps[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha256(b"\1" + c + fr), sha256(b"\1" + c + sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha256(b"\1" + sr + c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == root


def read_head(note: str) -> tuple[int, bytes]:
    """The size and the root that a signed head speaks of."""
    lines = note.strip().split("\n")
    return int(lines[1]), base64.b64decode(lines[2])


def signed_by(note: str, key: str) -> bool:
    """Whether the public key (`name+id+base64`) signed a head (C2SP signed-note, Ed25519)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, _id, encoded = key.strip().split("+", 2)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded)[1:])
    body, _, signatures = note.strip().partition("\n\n")
    for line in signatures.split("\n"):
        _dash, signer, signature = line.split(" ")
        try:
            public.verify(base64.b64decode(signature)[4:], body.encode() + b"\n")
        except InvalidSignature:
            continue
        return signer == name
    return False


def check(proof: dict[str, Any], head: str = "", key: str = "") -> list[str]:
    """What is wrong with a proof; empty when it holds."""
    wrong = []
    path = [bytes.fromhex(step) for step in proof["path"]]
    size, root = proof["size"], bytes.fromhex(proof["root"])
    roots = {size: root}
    if "entry" in proof:
        if not included(leaf_of(proof["entry"]), proof["seq"] - 1, size, path, root):
            wrong.append("the act is not in the record of this root")
        if proof["entry"]["seq"] != proof["seq"]:
            wrong.append("the act has another number than the proof says")
    else:
        old_size, old_root = proof["old_size"], bytes.fromhex(proof["old_root"])
        roots[old_size] = old_root
        if not grown(old_size, old_root, size, root, path):
            wrong.append("the earlier record is not the beginning of the later one")
    notes = [note for note in (proof.get("head"), proof.get("old_head"), head) if note]
    for note in notes:
        of_size, of_root = read_head(note)
        if of_size not in roots:
            wrong.append(f"the head of {of_size} acts is of another size than the proof")
        elif roots[of_size] != of_root:
            wrong.append(f"the head of {of_size} acts is of another record")
        if key and not signed_by(note, key):
            wrong.append(f"the head of {of_size} acts is not signed by this key")
    if key and not notes:
        wrong.append("the proof has no signed head")
    return wrong


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("proof", type=Path)
    parser.add_argument("--head", type=Path)
    parser.add_argument("--key", type=Path)
    given = parser.parse_args(arguments)
    head = given.head.read_text(encoding="utf-8") if given.head else ""
    key = given.key.read_text() if given.key else ""
    wrong = check(json.loads(given.proof.read_text(encoding="utf-8")), head, key)
    print("\n".join(wrong) or "The proof holds.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
