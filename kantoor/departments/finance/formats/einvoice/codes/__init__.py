"""The code lists that EN 16931 allows, by name."""

from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in (files(__package__) / "lists.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line[1 : line.index("]")]
            found[name] = []
        elif name:
            found[name] += line.split()
    return {name: frozenset(codes) for name, codes in found.items()}


def codes(name: str) -> frozenset[str]:
    """The codes of a list, such as `currencies`."""
    return _lists()[name]
