"""Payment files: fetch one that was made, and bring in what the bank says of it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.status import take_in_payment_status
from kantoor.departments.finance.formats.sepa.status import MOST_BYTES
from kantoor.departments.finance.queries.paying.files import payment_file
from kantoor.departments.finance.web.paying.runs import PAYMENT_RUNS, run_url
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.download import file_to_keep
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.toasts import Toast, say


@dataclass(frozen=True, kw_only=True)
class FileOfRunPage(View):
    """The file of a run, as it was made."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The file to keep; its query refuses who may not have it."""
        found = payment_file(actor_of(request), number=number)
        return file_to_keep(found.content, found.name, "application/xml")

    def routes(self) -> list[URLPattern]:
        """One address for each run."""
        return [self.route("<str:number>/file", self.respond)]


class StatusForm(forms.Form):
    """The file that the bank gave."""

    file = forms.FileField()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        self.fields["file"].label = gettext("File")
        self.fields["file"].help_text = gettext("A pain.002 in XML, as the bank gives it.")


@dataclass(frozen=True, kw_only=True)
class TakeInStatus(View):
    """The page that takes a status report and goes to the run that it is about."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, the way to the run."""
        form = StatusForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                if file.size > MOST_BYTES:
                    form.add_error("file", gettext("The file is too large."))
                else:
                    taken = take_in_payment_status(actor_of(request), content=file.read())
                    words = gettext("%(accepted)s accepted, %(rejected)s rejected.") % {
                        "accepted": taken.accepted,
                        "rejected": taken.rejected,
                    }
                    say(request, Toast(words))
                    return HttpResponseRedirect(run_url(taken.run))
            except DomainError as refusal:
                form.add_error("file", force_str(refusal.message))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Take it in"),
            intro=gettext("What was rejected is booked back, and its invoices are due again."),
            cancel_url=PAYMENT_RUNS.url,
            breadcrumb=[Link(gettext("Payment runs"), PAYMENT_RUNS.url)],
        )
        status = 422 if form.errors else 200
        return render(request, "ui/form.html", {"page": page}, status=status)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


RUN_FILE = FileOfRunPage(
    key="finance.payment_runs",
    title=_("Payment file"),
    permission="finance.make_payment_file",
    in_menu=False,
)
STATUS = TakeInStatus(
    key="finance.payment_status",
    title=_("Take in a payment status"),
    permission="finance.report_payments",
    in_menu=False,
)
