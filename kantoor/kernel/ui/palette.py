"""What the command palette (Ctrl-K) answers: records and actions in groups."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """A record or an action; `hint` is what tells it from its namesakes, `keys` its shortcut."""

    title: str
    url: str
    hint: str = ""
    icon: str = "file"
    keys: str = ""


@dataclass(frozen=True, slots=True)
class PaletteGroup:
    """Results of one kind, under its name."""

    title: str
    items: Sequence[PaletteItem]
