"""`/communication/confirm/<company>/<token>`: a notice that may not wait, confirmed without signing in.

Who opens the address sees the text and a button: mail programs that look at links on their own
confirm nothing. What is sent goes in as an act of the installation that may do nothing else.
"""

from dataclasses import replace
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kantoor.departments.communication.actions.reading.confirming import confirm_by_address
from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.queries.reading.asked import NoticeShown, notice_at
from kantoor.departments.communication.rendering.html import as_html
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.attempts import another_attempt
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.visiting import open_to_all

LIMITS = {"user": 10}
"""Answers to one notice within a quarter of an hour; they count for no sign-in."""


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, company: int, token: str) -> HttpResponse:
    """The notice with its button, or that it was read; nothing at an address that is not ours."""
    found = Company.objects.filter(pk=company).first() if company < 2**31 else None
    shown = notice_at(found.pk, token, get_language() or "en") if found else None
    if found is None or shown is None:
        raise Http404
    refused = _confirmed(found, token) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        shown = notice_at(found.pk, token, get_language() or "en") or shown
    return _shown(request, found, shown, refused)


def _confirmed(company: Company, token: str) -> str:
    """Take that it was read; why not, where it was refused."""
    if not another_attempt(f"{company.pk} {token}", "", at="a notice", limits=LIMITS):
        return gettext("You sent this many times just now; try again in a quarter of an hour.")
    try:
        confirm_by_address(_receiver(company), token=token, language=get_language() or "en")
    except DomainError as error:
        return force_str(error.message)
    return ""


def _shown(
    request: HttpRequest, company: Company, shown: NoticeShown, refused: str
) -> HttpResponse:
    context = {
        "title": shown.title,
        "company": company.name,
        "shown": shown,
        "body": as_html(shown.body),
        "refused": refused,
    }
    with timezone.override(ZoneInfo(company.zone)):
        answer = render(
            request, "communication/reading/confirm.html", context, status=422 if refused else 200
        )
    answer["X-Robots-Tag"] = "noindex"
    # Not "no-referrer": a form would then be sent from nowhere, and be refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _receiver(company: Company) -> Actor:
    """Who takes that it was read: the installation, which may do nothing else here."""
    return replace(console_actor(company), name="notices", permissions=frozenset({SEE_NEWS}))
