"""The official example files with their answer keys, as the tests of e-invoices read them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kantoor.kernel.tests.shared import shared_file

COLLECTIONS = (
    "en16931-examples",
    "peppol3-examples",
    "nlcius",
    "ublbe",
    "xrechnung",
    "zugferd",
)
# An invoice of 2014 that the key took for UBL.
CANDIDATE = "MustangGnuaccountingBeispielRE-20140522_501.pdf"


def samples(collection: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each file of a collection and what its key says."""
    key = shared_file(collection, "_expected.json")
    for name, expected in msgspec.json.decode(key.read_bytes()).items():
        yield key.parent / name, expected
