"""How large pictures are, as they come and as they are drawn anew."""

from dataclasses import dataclass

LARGEST = 25 * 2**20
"""Bytes of a file."""
SIDES = {"small": 480, "medium": 960, "large": 1920, "full": 4096}
"""The longest side of each size, in pixels."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in one size, as a file."""

    name: str
    width: int
    height: int
    content: bytes
    media_type: str

    @property
    def ending(self) -> str:
        """The ending of a file's name."""
        return "png" if self.media_type == "image/png" else "jpg"
