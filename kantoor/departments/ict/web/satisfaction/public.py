"""`/ict/opinion/<company>/<token>`: how somebody was helped, asked of who has the address.

Nobody is signed in here. What is sent is bounded and counted for each case, and goes in as an act of
the installation that may do nothing else.
"""

from dataclasses import replace

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kantoor.departments.ict.actions.satisfaction.opinions import LONGEST, take_opinion
from kantoor.departments.ict.queries.satisfaction.asked import OpinionAsked, opinion_asked
from kantoor.departments.ict.web.satisfaction.words import SCORES
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.attempts import another_attempt
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.visiting import open_to_all
from kantoor.kernel.ui.form_page import FormPage

LIMITS = {"user": 6}
"""Answers to one question within a quarter of an hour; they count for no sign-in."""


class OpinionForm(forms.Form):
    """One question, and room for words."""

    score = forms.TypedChoiceField(
        label=_("How were you helped?"), coerce=int, choices=[("", ""), *SCORES.items()]
    )
    text = forms.CharField(
        label=_("What could be better, or what was good"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, company: int, token: str) -> HttpResponse:
    """The question, answered or not; nothing at an address that is not ours."""
    found = Company.objects.filter(pk=company).first() if company < 2**31 else None
    asked = opinion_asked(found.pk, token) if found else None
    if found is None or asked is None:
        raise Http404
    sent = request.method == "POST"
    given = {"score": asked.score or "", "text": asked.text}
    form = OpinionForm(request.POST if sent else None, initial=given, label_suffix="")
    if sent and form.is_valid() and _taken(found, token, form):
        asked = opinion_asked(found.pk, token)
        assert asked is not None
        return _shown(request, found, asked, None, thanks=True)
    return _shown(request, found, asked, form if asked.may_say else None)


def _taken(company: Company, token: str, form: OpinionForm) -> bool:
    """Take the answer; False when it was refused, which the form then says."""
    if not another_attempt(f"{company.pk} {token}", "", at="an opinion", limits=LIMITS):
        form.add_error(
            None, gettext("You sent this many times just now; try again in a quarter of an hour.")
        )
        return False
    given = form.cleaned_data
    try:
        take_opinion(_receiver(company), token=token, score=given["score"], text=given["text"])
    except DomainError as error:
        field = error.place.field if error.place.field in form.fields else None
        form.add_error(field, force_str(error.message))
        return False
    return True


def _shown(
    request: HttpRequest, company: Company, asked: OpinionAsked, form: OpinionForm | None,
    thanks: bool = False,
) -> HttpResponse:  # fmt: skip
    title, page = gettext("How were you helped?"), None
    if form is not None:
        page = FormPage(title=title, form=form, submit=gettext("Send"))
    context = {
        "title": title,
        "page": page,
        "company": company.name,
        "asked": asked,
        "said": SCORES.get(asked.score, ""),
        "thanks": thanks,
        "address": request.path,
    }
    status = 422 if form is not None and form.errors else 200
    answer = render(request, "ict/opinion.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _receiver(company: Company) -> Actor:
    """Who takes answers: the installation, which may do nothing else here."""
    permissions = frozenset({"ict.handle_cases"})
    return replace(console_actor(company), name="opinions", permissions=permissions)
