"""Inventories as agents report them: GLPI's native JSON and the older XML of FusionInventory.

`read_message` takes what came over the wire or in a file, packed or not, and `readings` makes of
it what we know of each device. Nothing here trusts its input: sizes are bounded, entities are
off, and what does not fit is left out with a remark.
"""

from kantoor.departments.ict.formats.inventory.identity import Key, keys_of
from kantoor.departments.ict.formats.inventory.messages import (
    InventoryUnreadable,
    Message,
    read_message,
)
from kantoor.departments.ict.formats.inventory.model import Part, Program, Reading
from kantoor.departments.ict.formats.inventory.reading import readings

__all__ = [
    "InventoryUnreadable",
    "Key",
    "Message",
    "Part",
    "Program",
    "Reading",
    "keys_of",
    "read_message",
    "readings",
]
