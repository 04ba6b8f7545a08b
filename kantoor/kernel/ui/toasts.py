"""Messages after an action: what happened and what to do, kept in the session until they are shown."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.http import HttpRequest

_KEY = "toasts"


@dataclass(frozen=True, slots=True)
class Toast:
    """One message; `act_label` and `act_url` offer the way back ("Reverse"), or to the result."""

    text: str
    tone: Literal["good", "bad", "info"] = "good"
    act_label: str = ""
    act_url: str = ""
    act_method: Literal["get", "post"] = "get"


def say(request: HttpRequest, toast: Toast) -> None:
    """Show this on the next page that the person sees."""
    waiting: list[dict[str, Any]] = request.session.get(_KEY, [])
    request.session[_KEY] = [*waiting, asdict(toast)][-5:]


def take(request: HttpRequest) -> list[Toast]:
    """The messages not yet shown; they are gone from the session after this."""
    session = getattr(request, "session", None)
    if not session or _KEY not in session:
        return []
    return [Toast(**fields) for fields in session.pop(_KEY)]
