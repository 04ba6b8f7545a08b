"""What the record tells after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonErased:
    """A person's data was erased. `contents` are the hashes of their files, now without a row."""

    reference: str
    contents: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilesErased:
    """Files of persons went by themselves. `contents` are their hashes, now without a row."""

    contents: tuple[str, ...]
