"""The public pages: vacancies that anybody may see, and the form to apply.

Nobody is signed in here. What is sent is bounded, is counted by the address it comes from, and goes
in as an act of the installation that may do nothing else; a field that people do not see catches
programs that fill in everything.
"""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kantoor.departments.hr.actions.growth.candidates import LARGEST, take_application
from kantoor.departments.hr.drafts_growth import ApplicationDraft, Document
from kantoor.departments.hr.queries.growth.recruiting import VacancyRow, public_vacancies
from kantoor.departments.hr.web.growth.words import public_url
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.attempts import another_attempt
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.visiting import address_of, open_to_all, takes_at_most
from kantoor.kernel.ui.form_page import FormPage

LIMITS = {"address": 6, "all": 600}
"""Applications within a quarter of an hour: from one address, and in all."""
LARGEST_REQUEST = LARGEST + 2**20
"""Bytes of all that is sent: the file, and a megabyte for the words."""


class ApplicationForm(forms.Form):
    """Who applies; `website` is for programs, and people never see it."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    letter = forms.CharField(
        label=_("Why you"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    document = forms.FileField(
        label=_("Curriculum vitae"),
        help_text=_("A PDF of at most 5 MB."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    consent = forms.BooleanField(
        label=_("You may keep my data for a year"),
        help_text=_("Without it all of it goes four weeks after the end of this application."),
        required=False,
    )
    website = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})


@open_to_all
@require_safe
def jobs(request: HttpRequest, company: int) -> HttpResponse:
    """The vacancies of a company that are open."""
    found = _company(company)
    rows = [{"row": row, "url": public_url(company, row.code)} for row in public_vacancies(company)]
    context = {"title": gettext("Working at %(name)s") % {"name": found.name}, "rows": rows}
    return render(request, "hr/jobs.html", context)


@open_to_all
@takes_at_most(LARGEST_REQUEST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, company: int, code: str) -> HttpResponse:
    """One vacancy, with the form to apply."""
    found = _company(company)
    row = next((each for each in public_vacancies(company) if each.code == code), None)
    if row is None:
        raise Http404
    sent = request.method == "POST"
    form = ApplicationForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid() and _taken(request, found, row, form):
        return render(request, "hr/applied.html", {"title": gettext("Thank you"), "row": row})
    page = FormPage(title=row.title, form=form, submit=pgettext("for a job", "Apply"))
    context = {"page": page, "row": row, "company": found.name}
    return render(request, "hr/job.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, company: Company, row: VacancyRow, form: ApplicationForm) -> bool:
    """Take the application; False when it was refused, which the form then says."""
    given = form.cleaned_data
    if given["website"]:
        return True  # A program is told what people are told, and nothing is kept.
    if not another_attempt("", address_of(request), at="an application", limits=LIMITS):
        form.add_error(None, gettext("Many applications came just now; try again in an hour."))
        return False
    file = given["document"]
    if file is not None and file.size > LARGEST:
        form.add_error("document", gettext("This file is too large."))
        return False
    document = Document(name=file.name, content=file.read()) if file is not None else None
    application = ApplicationDraft(
        vacancy=row.code,
        **{name: given[name] for name in ("name", "email", "phone", "letter", "consent")},
    )
    try:
        take_application(_receiver(company), application=application, document=document)
    except DomainError as error:
        field = error.place.field if error.place.field in form.fields else None
        form.add_error(field, force_str(error.message))
        return False
    return True


def _receiver(company: Company) -> Actor:
    """Who takes applications: the installation, which may do nothing else here."""
    permissions = frozenset({"hr.manage_growth"})
    return replace(console_actor(company), name="jobs", permissions=permissions)


def _company(key: int) -> Company:
    found = Company.objects.filter(pk=key).first() if key < 2**31 else None
    if found is None:
        raise Http404
    return found
