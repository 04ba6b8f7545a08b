"""The page that takes a list of addresses: the file is kept, and a job puts them on the list."""

from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.importing import (
    Imported,
    import_addresses,
)
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.queries.audiences.lists import list_names
from kantoor.departments.communication.web.audiences.lists import LISTS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.handing_in import kept_upload
from kantoor.kernel.pages.job_results import Told, result_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.fields import DayField
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact


class AddressFileForm(forms.Form):
    """A file of addresses, for which list, and where their owners agreed to it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, plain or gzip: a column “address”, and if you have them “name” and “language”."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.gz,.txt"}),
    )
    mailing_list = forms.ChoiceField(label=_("Mailing list"))
    source = forms.CharField(
        label=_("Where they agreed"),
        help_text=_("A form, a fair, a paper. Needed where the list has a purpose."),
        max_length=200,
        required=False,
    )
    agreed_on = DayField(label=_("When they agreed"), help_text=_("Empty: today."), required=False)

    def __init__(self, actor: Actor, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        lists = self.fields["mailing_list"]
        assert isinstance(lists, forms.ChoiceField)
        lists.choices = list(list_names(actor).values())


@dataclass(frozen=True, kw_only=True)
class ImportView(View):
    """The form; sent, the way to the job's page."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form, or the job that takes the file in."""
        actor = actor_of(request)
        sent = request.method == "POST"
        first = {"mailing_list": request.GET.get("mailing_list", "")}
        form = AddressFileForm(
            actor, request.POST if sent else None, request.FILES if sent else None, initial=first
        )
        if sent and form.is_valid():
            given = form.cleaned_data
            key = import_addresses.enqueue(
                actor,
                path=str(kept_upload(given["file"])),
                mailing_list=given["mailing_list"],
                source=given["source"],
                agreed_on=given["agreed_on"],
            )
            return HttpResponseRedirect(f"/today/jobs/{key}")
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Import"),
            intro=gettext(
                "Who wants no mail stays off it. What is refused you get back, each row with why."
            ),
            cancel_url=LISTS.url,
            breadcrumb=[Link(force_str(LISTS.title), LISTS.url)],
        )
        return render(request, "ui/form.html", {"page": page}, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


IMPORT = ImportView(
    key="communication.import_addresses",
    title=_("Import addresses"),
    permission=MANAGE_AUDIENCES,
    in_menu=False,
)


@result_of("communication.import_addresses")
def addresses_imported(actor: Actor, result: bytes) -> Told:
    """How many came on the list, were on it, and were refused; those can be fetched."""
    del actor
    found = msgspec.json.decode(result, type=Imported)
    return Told(
        facts=[
            Fact(gettext("Rows"), found.rows),
            Fact(gettext("New on the list"), found.added),
            Fact(gettext("On it already, or twice"), found.known),
            Fact(gettext("Refused"), found.refused),
        ],
        acts=[Act(gettext("Mailing lists"), LISTS.url)],
        file=found.refused_file,
    )
