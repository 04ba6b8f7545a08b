"""What a backup holds besides its rows, and how it says so: its first member and its last.

`kantoor.json` comes first: the form, the version of Kantoor, the migrations, the tables with their
columns. `manifest.json` comes last: the hash of every member, so that one that is missing, cut
short or changed is found; and the head of the record, so that what comes back is held to it.
"""

import re
from collections.abc import Sequence

import msgspec

FORM = 1
FIRST, LAST = "kantoor.json", "manifest.json"
LARGEST_TEXT = 256 * 1024 * 1024
"""Bytes of the manifest: room for some millions of files."""

KEYS = ("record-signing.pem", "record-signing.pub", "sealing.key", "erasure.key")
"""The keys that a backup holds. The session key is not among them: everybody signs in anew."""
NAME = re.compile(
    r"(keys)/([a-z-]+\.(?:pem|pub|key))"
    r"|(database)/([a-z][a-z0-9_]{0,62})/([0-9]{6,9})"
    r"|(files)/([0-9a-f]{64})"
    r"|(heads)/(head-[0-9]{12,20}\.txt)"
)
"""What members are called; a name that is none of these is refused."""


class TableMeant(msgspec.Struct, frozen=True):
    """A table of the backup; `last` is the highest identifier ever given in it."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    last: int = 0


class Beginning(msgspec.Struct, frozen=True):
    """The first member."""

    form: int
    kantoor: str
    made_at: str
    recovery: str
    migrations: Sequence[tuple[str, str]]
    tables: Sequence[TableMeant]


class Member(msgspec.Struct, frozen=True):
    """SHA-256 in hexadecimal and the size in bytes of a member's content."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True):
    """The last member: all that came before it, and what the record was.

    `head_size` and `head_root` (hexadecimal) are of the Merkle tree; `rows` is by table.
    """

    members: dict[str, Member]
    rows: dict[str, int]
    head_size: int
    head_root: str
    files: int


encode = msgspec.json.Encoder().encode
beginning_from = msgspec.json.Decoder(Beginning).decode
manifest_from = msgspec.json.Decoder(Manifest).decode
