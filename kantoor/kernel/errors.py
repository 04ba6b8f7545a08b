"""The errors a person or a client can make: each has a stable code and says what to do.

What we did wrong ourselves is no `DomainError`: that is an assert or a database constraint.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input an error lies: a field, a line (counted from 1), or both."""

    field: str = ""
    line: int | None = None

    def __str__(self) -> str:
        parts = [_("line {line}").format(line=self.line)] if self.line is not None else []
        return ", ".join([*parts, *([self.field] if self.field else [])])


class DomainError(Exception):
    """Something a user or client did that cannot be: refused as a whole, nothing half done.

    `code` is stable and may be scripted against; `message` is a sentence in the reader's
    language that says what to do; `place` is the field or line it concerns.
    """

    code = "refused"
    status = 422
    """The HTTP status that the API answers with."""

    def __init__(self, message: object, *, field: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = Place(field, line)

    def __str__(self) -> str:
        place = str(self.place)
        return f"{place}: {self.message}" if place else str(self.message)


class Refusals(DomainError):
    """Several errors at once, as a form or a bulk action finds them."""

    code = "refused.several"

    def __init__(self, errors: Sequence[DomainError]) -> None:
        assert errors
        super().__init__(errors[0].message, field=errors[0].place.field, line=errors[0].place.line)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


class NotAllowed(DomainError):
    """The actor lacks a permission, or two of its duties exclude each other."""

    code = "not_allowed"
    status = 403


class NotFound(DomainError):
    """It does not exist, or not in this company: the answer is the same for both."""

    code = "not_found"
    status = 404


class InvalidInput(DomainError):
    """The input does not have the shape or the range that was asked for."""

    code = "invalid"
    status = 422


class Conflict(DomainError):
    """It was changed, taken or done already in another way."""

    code = "conflict"
    status = 409
