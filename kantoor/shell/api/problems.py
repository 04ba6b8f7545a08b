"""RFC 9457 problems: how the API says what went wrong, with a stable code and the place."""

import msgspec
from django.http import HttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.errors import DomainError, Refusals


class Fault(msgspec.Struct, omit_defaults=True):
    """One error at its place: a field (`entry.lines[0].account`), a line, or both."""

    code: str
    detail: str
    field: str = ""
    line: int | None = None


class Problem(msgspec.Struct, omit_defaults=True):
    """An RFC 9457 problem; `code` is stable and may be scripted against."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[Fault] = []
    approval_id: int | None = None
    """The request that now waits for a second person (code `approval.waiting`)."""


TITLES = {
    202: _("Waits for a second person"),
    400: _("Malformed request"),
    401: _("Not signed in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not this method"),
    409: _("Conflict"),
    413: _("Too large"),
    415: _("Not this kind of content"),
    422: _("Refused"),
    429: _("Too many requests"),
    500: _("Our mistake"),
    503: _("Not available now"),
}


def problem(status: int, code: str, detail: object, errors: list[Fault] | None = None) -> Problem:
    """A problem; its type is a name, not an address: there is no page behind it."""
    title = force_str(TITLES.get(status, TITLES[422]))
    return Problem(f"urn:kantoor:{code}", title, status, code, force_str(detail), errors or [])


def problem_of(error: DomainError) -> Problem:
    """The problem that says what a DomainError says."""
    each = error.errors if isinstance(error, Refusals) else (error,)
    faults = [
        Fault(one.code, force_str(one.message), one.place.field, one.place.line) for one in each
    ]
    found = problem(error.status, error.code, error.message, faults)
    if isinstance(error, NeedsSecondPair):
        found.approval_id = error.approval_id
    return found


class ProblemResponse(HttpResponse):
    """A problem as `application/problem+json`."""

    def __init__(self, found: Problem) -> None:
        super().__init__(
            msgspec.json.encode(found),
            content_type="application/problem+json",
            status=found.status,
        )
        self["Cache-Control"] = "no-store"
        if found.status == 401:
            self["WWW-Authenticate"] = 'Bearer realm="kantoor"'
