"""The pages of whoever gets mail, without sign-in: stop it, set it, put oneself on a list.

Who has the token of a mail acts for its address and for no other. What is sent goes in as an act
of the installation that may do nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace as replace_of

from kantoor.departments.communication.actions.audiences.signing_up import (
    confirm_sign_up,
    take_sign_up,
)
from kantoor.departments.communication.actions.audiences.stopping import (
    set_preferences,
    stop_by_token,
)
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.drafts_audiences import SubscriberDraft
from kantoor.departments.communication.errors import WordsChanged
from kantoor.departments.communication.queries.audiences.public import (
    Choice,
    choices_of,
    language_of,
    open_list,
    purpose_called,
)
from kantoor.departments.communication.queries.audiences.signed_up import signed_up
from kantoor.departments.communication.queries.audiences.tokens import (
    Stop,
    read_confirm,
    read_stop,
    stop_token,
)
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.attempts import another_attempt
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.visiting import address_of, open_to_all, takes_at_most

METHODS = ["GET", "HEAD", "POST"]
LARGEST = 64 * 1024
"""Bytes of all that is sent: a form, never a file."""
LIMITS = {"address": 20, "all": 2000}
"""Sign-ups within a quarter of an hour: from one address, and in all."""


@open_to_all
@csrf_exempt  # RFC 8058: mail programs post from elsewhere; the token alone says whose mail it is.
@takes_at_most(LARGEST)
@never_cache
@require_http_methods(METHODS)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One POST stops mail; who opens the address sees a button, since mail programs look too."""
    said, company = _read(token)
    if request.method == "POST":
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        stop_by_token(_receiver(company), token=token, one_click=one_click)
    with in_language_of(request, language_of(said)):
        context: dict[str, Any] = {
            "title": gettext("Stop mail"),
            "said": said,
            "purpose": purpose_called(said),
            "preferences": f"/communication/preferences/{_whole(said)}",
            "done": request.method == "POST",
        }
        return _shown(request, "unsubscribe", company, context)


@open_to_all
@takes_at_most(LARGEST)
@never_cache
@require_http_methods(METHODS)
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """What mail one gets, purpose by purpose, and the words that one agrees to."""
    said, company = _read(token)
    with in_language_of(request, language_of(said)):
        refused = _set(request, company, said, token) if request.method == "POST" else ""
        context = {
            "title": gettext("Your mail"),
            "said": said,
            "choices": _still_chosen(request, said) if refused else choices_of(said),
            "done": request.method == "POST" and not refused,
            "refused": refused,
        }
        return _shown(request, "preferences", company, context, status=409 if refused else 200)


def _set(request: HttpRequest, company: Company, said: Stop, token: str) -> str:
    """Keep what was chosen; why not, where its words are others by now."""
    actor = _receiver(company)
    if "none" in request.POST:
        stop_by_token(actor, token=_whole(said))
        return ""
    known = {each.code for each in choices_of(said)}
    chosen = sorted(known & set(request.POST.getlist("purposes")))
    words = [request.POST.get(f"words-{code}", "") for code in chosen]
    try:
        set_preferences(actor, token=token, purposes=chosen, words=words)
    except WordsChanged as changed:
        return force_str(changed.message)
    return ""


def _still_chosen(request: HttpRequest, said: Stop) -> list[Choice]:
    """The choices as they were sent, without what is said in other words than were shown."""
    sent = set(request.POST.getlist("purposes"))
    return [
        replace_of(
            each,
            chosen=each.code in sent and request.POST.get(f"words-{each.code}") == each.words,
        )
        for each in choices_of(said)
    ]


class SignUpForm(forms.Form):
    """Who wants to be on a list; `website` is for programs, and people never see it."""

    address = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agree = forms.BooleanField()
    website = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


@open_to_all
@takes_at_most(LARGEST)
@never_cache
@require_http_methods(METHODS)
def subscribe(request: HttpRequest, company: int, code: str) -> HttpResponse:
    """The page of an open list; what is sent is written to, to be confirmed from there."""
    found = Company.objects.filter(pk=company).first() if company < 2**31 else None
    shown = open_list(found, code) if found else None
    if found is None or shown is None:
        raise Http404
    sent = request.method == "POST"
    form = SignUpForm(request.POST if sent else None, label_suffix="")
    done = sent and form.is_valid() and _asked(request, found, shown.code, form)
    # The words of now, also where they changed between the page and what was sent.
    shown = open_list(found, code) or shown
    context = {"title": shown.name, "form": form, "done": done, "shown": shown}
    return _shown(request, "subscribe", found, context, status=422 if form.errors else 200)


@open_to_all
@takes_at_most(LARGEST)
@never_cache
@require_http_methods(METHODS)
def subscribed(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that an address is one's own: a button, since mail programs look at links too."""
    said = read_confirm(token)
    company = Company.objects.filter(pk=said.company).first() if said else None
    if company is None:
        raise Http404
    found = signed_up(said) if said else None
    with in_language_of(request, found.language if found else ""):
        context: dict[str, Any] = {"title": gettext("Confirm your address"), "refused": ""}
        status = 200
        if request.method == "POST":
            try:
                confirm_sign_up(_receiver(company), token=token)
            except DomainError as error:
                context["refused"], status = force_str(error.message), error.status
            found = signed_up(said) if said else None
        context |= {"found": found, "done": request.method == "POST", "number": company.pk}
        return _shown(request, "subscribed", company, context, status=status)


def _asked(request: HttpRequest, company: Company, code: str, form: SignUpForm) -> bool:
    """Take the sign-up; False when it was refused, which the form then says."""
    given = form.cleaned_data
    if given["website"]:
        return True  # A program is told what people are told, and nothing is kept.
    if not another_attempt("", address_of(request), at="a list", limits=LIMITS):
        form.add_error(None, gettext("Many asked just now; try again in a quarter of an hour."))
        return False
    language = (get_language() or "en")[:2]
    draft = SubscriberDraft(
        address=given["address"],
        name=given["name"],
        language=language if language in ("nl", "en") else "",
    )
    try:
        take_sign_up(
            _receiver(company), mailing_list=code, subscriber=draft, page=request.path,
            words=request.POST.get("words", ""),
        )  # fmt: skip
    except WordsChanged as changed:
        # What they ticked is not what stands there now.
        form.data = {name: value for name, value in form.data.items() if name != "agree"}
        form.add_error(None, force_str(changed.message))
        return False
    except DomainError as error:
        field = error.place.field if error.place.field in form.fields else None
        form.add_error(field, force_str(error.message))
        return False
    return True


@contextmanager
def in_language_of(request: HttpRequest, language: str) -> Iterator[None]:
    """In the language that somebody is written to in, unless they chose one on our pages."""
    if not language or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        yield
        return
    with override(language):
        yield


def _read(token: str) -> tuple[Stop, Company]:
    """What a token says, and whose it is; nothing at an address that is not ours."""
    said = read_stop(token)
    company = Company.objects.filter(pk=said.company).first() if said else None
    if said is None or company is None:
        raise Http404
    return said, company


def _whole(said: Stop) -> str:
    """The token for all mail of the same address."""
    return stop_token(Stop(said.company, "", said.address, said.party))


def _shown(
    request: HttpRequest, name: str, company: Company, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    answer = render(
        request,
        f"communication/audiences/{name}.html",
        {**context, "company": company.name},
        status=status,
    )
    answer["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    answer["X-Robots-Tag"] = "noindex"
    # Not "no-referrer": a form would then be sent from nowhere, and be refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _receiver(company: Company) -> Actor:
    """Who takes what is sent: the installation, which may do nothing else here."""
    permissions = frozenset({MANAGE_AUDIENCES})
    return replace(console_actor(company), name="mail preferences", permissions=permissions)
