"""The address of a page as a value: filters, sort and columns live in it, so a view can be sent on."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Address:
    """A path and its query, in order; every change gives a new address."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> "Address":
        """The address that was asked for; empty parameters are left out."""
        return cls(request.path, tuple(parse_qsl(request.META.get("QUERY_STRING", ""))))

    def get(self, key: str) -> str:
        """The first value of a parameter, or nothing."""
        return next((value for name, value in self.pairs if name == key), "")

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(value for name, value in self.pairs if name == key)

    def put(self, key: str, *values: str) -> "Address":
        """With these values for a parameter instead of its present ones."""
        kept = tuple(pair for pair in self.pairs if pair[0] != key)
        return Address(self.path, kept + tuple((key, value) for value in values))

    def drop(self, keys: Iterable[str]) -> "Address":
        """Without these parameters."""
        gone = frozenset(keys)
        return Address(self.path, tuple(pair for pair in self.pairs if pair[0] not in gone))

    @property
    def first_page(self) -> "Address":
        """The same view from its first row."""
        return self.drop(("cursor",))

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.pairs)}" if self.pairs else self.path
