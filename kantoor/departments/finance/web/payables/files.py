"""Files of what we buy: bring in invoices, look at one as it came in, and an order to send."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.receiving import (
    LARGEST_FILE,
    MOST_FILES,
    receive_purchase_files,
)
from kantoor.departments.finance.drafts_incoming import FilesReceived, IncomingFile
from kantoor.departments.finance.print.order_pdf import order_pdf
from kantoor.departments.finance.queries.payables.invoice_file import purchase_invoice_file
from kantoor.departments.finance.web.payables.invoices import HAND_IN, PURCHASES
from kantoor.departments.finance.web.payables.urls import purchase_url
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import FormPage

SHOWN = {"application/pdf", "image/png", "image/jpeg"}
"""What a browser may show; all else is only ever downloaded, as bytes of no kind."""
SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A file runs nothing and asks nothing, and is framed by our own pages alone."""


@dataclass(frozen=True, kw_only=True)
class PurchaseFile(View):
    """What came in, as it was: shown when it is a PDF or picture, else downloaded."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        file = purchase_invoice_file(actor, number=number)
        shown = file.media_type in SHOWN
        answer = FileResponse(
            open_file(actor, file),
            as_attachment=not shown,
            filename=file.name.rpartition("/")[2] or "file",
            content_type=file.media_type if shown else "application/octet-stream",
        )
        policy = SEALED if file.media_type == "application/pdf" else f"{SEALED}; sandbox"
        answer["Content-Security-Policy"] = policy
        answer["X-Frame-Options"] = "SAMEORIGIN"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each invoice."""
        return [self.route("<str:number>/file", self.respond)]


@dataclass(frozen=True, kw_only=True)
class OrderPaper(View):
    """A purchase order as PDF, in the supplier's language where they have one."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The file, to be looked at in the browser; its query refuses who may not see it."""
        dutch = (get_language() or "").startswith("nl")
        paper = order_pdf(actor_of(request), number, "nl" if dutch else "en")
        answer = HttpResponse(paper, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{number}.pdf"'
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each order."""
        return [self.route("<str:number>/pdf", self.respond)]


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files of a form, each as one would be."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, in their order."""
        one = super().clean
        given = data if isinstance(data, list) else [data]
        return [one(each, initial) for each in given or [None]]


class HandInForm(forms.Form):
    """Files to be taken in."""

    files = ManyFilesField(  # type: ignore[assignment]  # a form's files go by the same name
        widget=ManyFiles(attrs={"multiple": True})
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        self.fields["files"].label = gettext("Files")
        self.fields["files"].help_text = gettext(
            "Invoices in UBL, CII or Factur-X, PDFs, pictures, and mails with those: several at once."
        )


@dataclass(frozen=True, kw_only=True)
class HandIn(View):
    """The page that takes files of purchase invoices, and tells what became of each."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, what became of the files."""
        form = HandInForm(request.POST or None, request.FILES or None)
        told: FilesReceived | None = None
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data["files"]
            if len(given) > MOST_FILES or any(each.size > LARGEST_FILE for each in given):
                message = gettext("Give at most %(most)s files, none above %(size)s MB.")
                form.add_error("files", message % {"most": MOST_FILES, "size": 25})
            else:
                files = [IncomingFile(name=each.name, content=each.read()) for each in given]
                told = receive_purchase_files(actor_of(request), files=files)
                if len(told.files) == 1 and told.files[0].number and not told.files[0].errors:
                    return HttpResponseRedirect(purchase_url(told.files[0].number))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Take them in"),
            intro=gettext(
                "Each file is kept as it came. What was taken in before changes nothing."
            ),
            cancel_url=PURCHASES.url,
            breadcrumb=[Link(gettext("Purchase invoices"), PURCHASES.url)],
        )
        context = {"page": page, "told": _shown(told) if told else []}
        return render(
            request, "finance/hand_in_invoices.html", context, status=422 if form.errors else 200
        )

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


def _shown(told: FilesReceived) -> list[dict[str, object]]:
    """What became of each file, for the page."""
    return [
        {
            "name": each.file,
            "number": each.number,
            "url": purchase_url(each.number) if each.number else "",
            "ok": each.ok,
            "known": each.known,
            "same_as": each.same_as,
            "errors": each.errors,
        }
        for each in told.files
    ]


PURCHASE_FILE = PurchaseFile(
    key="finance.purchase_invoices",
    title=_("File of a purchase invoice"),
    permission="finance.read_payables",
    in_menu=False,
)
ORDER_PAPER = OrderPaper(
    key="finance.purchase_orders",
    title=_("Purchase order as PDF"),
    permission="finance.read_payables",
    in_menu=False,
)
BRING_IN = HandIn(
    key="finance.bring_in_invoices",
    title=_("Bring in purchase invoices"),
    permission="finance.enter_purchase",
    in_menu=False,
)
assert BRING_IN.url == HAND_IN
