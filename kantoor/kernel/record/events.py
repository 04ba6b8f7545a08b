"""What the record tells after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonErased:
    """A person's data was erased. `contents` are the hashes of their files, now without a row."""

    reference: str
    contents: tuple[str, ...] = ()
