"""The pages of signing in and out, of one's password, and the switches of company and language."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kantoor.kernel.actors.colleagues import oneself
from kantoor.kernel.actors.signing_in import sign_in as sign_in_as
from kantoor.kernel.actors.signing_in import sign_out as note_sign_out
from kantoor.kernel.actors.users import change_password, choose_language
from kantoor.kernel.errors import DomainError
from kantoor.kernel.ui.form_page import FormPage
from kantoor.shell.middleware import open_to_all
from kantoor.shell.requests import Request, actor_of, address_of
from kantoor.shell.signing_in import session
from kantoor.shell.signing_in.forms import PasswordForm, SignInForm

View = Callable[..., HttpResponse]


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(plain: HttpRequest) -> HttpResponse:
    """Ask who it is, and begin a session."""
    request = cast(Request, plain)
    after = _safe(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.actor is not None and request.method == "GET":
        return redirect(after)
    form = SignInForm(request.POST or None, initial={"next": after})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            person = sign_in_as(
                user=form.cleaned_data["user"],
                password=form.cleaned_data["password"],
                address=address_of(request),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            session.begin(request, person)
            answer = redirect(after)
            return _remember_language(answer, person.language)
    page = FormPage(title=str(_("Sign in")), form=form, submit=str(_("Sign in")))
    return render(request, "ui/sign_in.html", {"page": page}, status=status)


@open_to_all
@require_POST
def sign_out(plain: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget the pages it kept."""
    request = cast(Request, plain)
    if request.actor is not None:
        note_sign_out(request.actor)
    session.end(request)
    answer = redirect(settings.SIGN_IN_URL)
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@never_cache
@sensitive_post_parameters("current", "new")
@require_http_methods(["GET", "POST"])
def password(plain: HttpRequest) -> HttpResponse:
    """Change one's own password; this session lives on, all others of oneself end."""
    request = cast(Request, plain)
    actor = actor_of(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(actor, **form.cleaned_data)
        except DomainError as refusal:
            field = refusal.place.field
            form.add_error(field if field in form.fields else None, str(refusal.message))
        else:
            session.go_on(request, oneself(actor))
            return redirect("/")
    intro = ""
    if request.session.get(session.TEMPORARY):
        intro = str(_("Somebody else knows your password; choose one of your own to go on."))
    page = FormPage(
        title=str(_("Change your password")),
        form=form,
        submit=str(_("Change password")),
        intro=intro,
    )
    context = {"page": page, "title": page.title, "lead": intro}
    return render(request, "ui/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def company(plain: HttpRequest) -> HttpResponse:
    """Go on in another company."""
    request = cast(Request, plain)
    key = request.POST.get("company", "")
    if not key.isdecimal() or not session.choose(request, int(key[:18])):
        return HttpResponseBadRequest(str(_("You have no role in this company.")))
    return redirect(_safe(request, request.POST.get("next", "/")))


@open_to_all
@require_POST
def language(plain: HttpRequest) -> HttpResponse:
    """Go on in another language; who is signed in has it remembered."""
    request = cast(Request, plain)
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(str(_("Kantoor speaks Dutch (nl) and English (en).")))
    if request.actor is not None:
        choose_language(request.actor, language=chosen)
    answer = redirect(_safe(request, request.POST.get("next", "/")))
    return _remember_language(answer, chosen)


def _remember_language(answer: HttpResponse, language: str) -> HttpResponse:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return answer


def _safe(request: HttpRequest, address: str) -> str:
    """The address where one goes on, provided that it is one of ours."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours and not address.startswith(settings.SIGN_IN_URL) else "/"
