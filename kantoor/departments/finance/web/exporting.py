"""Take the ledger away: an audit file of a year, or all of it for another program."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.exports import AUDITS, FORMATS, export_ledger
from kantoor.departments.finance.queries.calendar import fiscal_years
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.form_page import FormPage

NAMES = {
    "beancount": _("Beancount, all of it"),
    "hledger": _("hledger, all of it"),
    "csv": _("CSV, all of it"),
}
AUDIT_NAMES = {"xaf": "XML Auditfile Financieel", "saft": "SAF-T Financial"}
ENDINGS = {"hledger": "journal", "saft": "xml"}
FILES = {"xaf": "application/xml", "saft": "application/xml", "csv": "text/csv"}


class ExportForm(forms.Form):
    """Which form, and of which year."""

    form = forms.ChoiceField(label=_("Form"))
    year = forms.ChoiceField(
        label=_("Fiscal year"), required=False, help_text=_("For an audit file.")
    )

    def __init__(self, actor: Actor, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        audit = [
            (f"{kind} {each}", f"{AUDIT_NAMES[kind]} {each}")
            for kind, versions in AUDITS.items()
            for each in versions
        ]
        others = [(each, NAMES[each]) for each in FORMATS if each in NAMES]
        self.fields["form"].choices = [*audit, *others]  # type: ignore[attr-defined]
        years = [(each.code, each.code) for each in reversed(fiscal_years(actor))]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class ExportView(View):
    """The page that gives the file."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, the file."""
        actor = actor_of(request)
        form = ExportForm(actor, request.POST or None)
        if request.method == "POST" and form.is_valid():
            kind, _space, version = form.cleaned_data["form"].partition(" ")
            year = form.cleaned_data["year"] if kind in AUDITS else ""
            try:
                pieces = export_ledger(actor, format=kind, version=version, year=year)
                company = Company.objects.get(pk=actor.company_id).name
                name = "-".join(part for part in (slugify(company), year) if part)
                answer = StreamingHttpResponse(
                    (piece.encode() for piece in pieces),
                    content_type=f"{FILES.get(kind, 'text/plain')}; charset=utf-8",
                )
                ending = ENDINGS.get(kind, kind)
                answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
                return answer  # type: ignore[return-value]
            except DomainError as error:
                form.add_error(None, force_str(error.message))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Download"),
            intro=gettext(
                "The tax office and accountants take the audit file (XAF, SAF-T) of a year."
            ),
            cancel_url="/finance",
        )
        return render(request, "ui/form.html", {"page": page}, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


EXPORT = ExportView(
    key="finance.export_ledger", title=_("Export the ledger"), permission="finance.export_ledger"
)
