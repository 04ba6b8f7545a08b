"""The pages of whoever gets mail, without sign-in: stop it, set it, put oneself on a list.

Who has the token of a mail acts for its address and for no other. What is sent goes in as an act
of the installation that may do nothing else.
"""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

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
from kantoor.departments.communication.queries.audiences.public import (
    choices_of,
    open_list,
    purpose_called,
)
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
    context: dict[str, Any] = {
        "title": gettext("Stop mail"),
        "said": said,
        "purpose": purpose_called(said),
        "preferences": f"/communication/preferences/{_whole(said)}",
        "done": request.method == "POST",
    }
    if request.method == "POST":
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        stop_by_token(_receiver(company), token=token, one_click=one_click)
    return _shown(request, "unsubscribe", company, context)


@open_to_all
@takes_at_most(LARGEST)
@never_cache
@require_http_methods(METHODS)
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """What mail one gets, purpose by purpose, and the words that one agrees to."""
    said, company = _read(token)
    sent = request.method == "POST"
    if sent:
        actor = _receiver(company)
        if "none" in request.POST:
            stop_by_token(actor, token=_whole(said))
        else:
            known = {each.code for each in choices_of(said)}
            chosen = sorted(known & set(request.POST.getlist("purposes")))
            set_preferences(actor, token=token, purposes=chosen)
    context = {
        "title": gettext("Your mail"),
        "said": said,
        "choices": choices_of(said),
        "done": sent,
    }
    return _shown(request, "preferences", company, context)


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
    form.fields["agree"].label = shown.text
    done = sent and form.is_valid() and _asked(request, found, shown.code, form)
    context = {"title": shown.name, "form": form, "done": done}
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
    context: dict[str, Any] = {"title": gettext("Confirm your address"), "done": "", "refused": ""}
    status = 200
    if request.method == "POST":
        try:
            context["done"] = confirm_sign_up(_receiver(company), token=token)
        except DomainError as error:
            context["refused"], status = force_str(error.message), error.status
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
        take_sign_up(_receiver(company), mailing_list=code, subscriber=draft, page=request.path)
    except DomainError as error:
        field = error.place.field if error.place.field in form.fields else None
        form.add_error(field, force_str(error.message))
        return False
    return True


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
    answer["X-Robots-Tag"] = "noindex"
    # Not "no-referrer": a form would then be sent from nowhere, and be refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _receiver(company: Company) -> Actor:
    """Who takes what is sent: the installation, which may do nothing else here."""
    permissions = frozenset({MANAGE_AUDIENCES})
    return replace(console_actor(company), name="mail preferences", permissions=permissions)
