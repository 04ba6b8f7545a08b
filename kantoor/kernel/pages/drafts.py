"""Drafts of forms: what was typed is kept in the session a moment after each change."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from kantoor.kernel.pages.view import actor_of

LARGEST = 64 * 1024
MOST = 10
_DROPPED = ("csrfmiddlewaretoken", "next")


def _key(request: HttpRequest, action: str) -> str:
    # A form opened for another thing (`?number=…`) is another draft; so is another company's.
    asked = request.GET.copy()
    asked.pop("draft", None)
    about = f"{actor_of(request).company_id} {asked.urlencode()}"
    return f"draft:{action}:{hashlib.sha256(about.encode()).hexdigest()[:12]}"


def keep(request: HttpRequest, action: str) -> HttpResponse:
    """Keep what was typed; too much is not kept, and says so."""
    typed = request.POST.copy()
    for name in _DROPPED:
        typed.pop(name, None)
    text = typed.urlencode()
    if len(text) > LARGEST:
        return HttpResponse(status=413)
    key = _key(request, action)
    request.session[key] = [timezone.now().isoformat(), text]
    _forget_oldest(request)
    return HttpResponse(status=204)


def _forget_oldest(request: HttpRequest) -> None:
    kept = [name for name in list(request.session.keys()) if name.startswith("draft:")]
    kept.sort(key=lambda name: str(request.session[name][0]))
    for name in kept[:-MOST]:
        del request.session[name]


def find(request: HttpRequest, action: str) -> tuple[datetime, QueryDict] | None:
    """The draft of this form, and when it was kept."""
    kept = request.session.get(_key(request, action))
    if kept is None:
        return None
    return datetime.fromisoformat(kept[0]), QueryDict(kept[1])


def forget(request: HttpRequest, action: str) -> None:
    """Throw the draft of this form away."""
    request.session.pop(_key(request, action), None)
