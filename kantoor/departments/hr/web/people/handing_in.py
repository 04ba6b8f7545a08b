"""The page on which a document is handed in, and the copy of it for who may see it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.expenses.receipts import LARGEST
from kantoor.departments.hr.actions.people.documents import (
    LONGEST_WARNING,
    DocumentDraft,
    add_document,
    hand_in_document,
)
from kantoor.departments.hr.drafts_expenses import Receipt as Copy
from kantoor.departments.hr.queries.people.documents import document_copy
from kantoor.departments.hr.web.people.documents import DOCUMENTS
from kantoor.departments.hr.web.people.words import PAPERS, SHOWN_TO, employee_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.fields import DayField
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.toasts import Toast, say

INLINE = {"application/pdf", "image/png", "image/jpeg", "image/webp"}
"""What a browser may show; all else is downloaded."""
SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class DocumentForm(forms.Form):
    """A paper: whose, what it is, until when, who may see it, and its copy."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF or a picture; drop it here or choose it. Empty where there is no copy."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
    )
    employee = forms.CharField(label=_("Employee"), help_text=_("Their number."), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(PAPERS.items()))
    title = forms.CharField(label=_("What it is"), max_length=120)
    expires_on = DayField(label=_("Good until"), required=False)
    warn_days = forms.IntegerField(
        label=_("Warn so many days before"), min_value=0, max_value=LONGEST_WARNING
    )
    shown_to = forms.ChoiceField(label=_("Who may see it"), choices=list(SHOWN_TO.items()))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})

    def draft(self) -> DocumentDraft:
        """What was typed."""
        given = self.cleaned_data
        return DocumentDraft(**{name: value for name, value in given.items() if name != "file"})


@dataclass(frozen=True, kw_only=True)
class HandInDocument(View):
    """The page that takes a document with its copy."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, one is at whose it is."""
        actor = actor_of(request)
        sent = request.method == "POST"
        first = {"employee": request.GET.get("employee", ""), "warn_days": 60, "shown_to": "person"}
        form = DocumentForm(
            request.POST if sent else None, request.FILES if sent else None, initial=first
        )
        if sent and form.is_valid() and _handed_in(actor, form):
            say(request, Toast(gettext("The document is in the file.")))
            return HttpResponseRedirect(employee_url(form.draft().employee))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Hand in"),
            cancel_url=DOCUMENTS.url,
            breadcrumb=[Link(force_str(DOCUMENTS.title), DOCUMENTS.url)],
        )
        return render(request, "ui/form.html", {"page": page}, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("hand-in", self.respond)]


def _handed_in(actor: Actor, form: DocumentForm) -> bool:
    """Keep it; False when it was refused, which the form then says."""
    file = form.cleaned_data["file"]
    if file is not None and file.size > LARGEST:
        form.add_error("file", gettext("This file is too large."))
        return False
    try:
        if file is None:
            add_document(actor, document=form.draft())
        else:
            copy = Copy(name=file.name, content=file.read())
            hand_in_document(actor, document=form.draft(), copy=copy)
    except DomainError as error:
        field = "file" if error.place.field == "receipt" else error.place.field
        form.add_error(field if field in form.fields else None, force_str(error.message))
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class DocumentCopy(View):
    """The copy of a document, as it was handed in."""

    def respond(self, request: HttpRequest, document: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        file = document_copy(actor, document=document)
        shown = file.media_type in INLINE
        answer = FileResponse(
            open_file(actor, file),
            as_attachment=not shown,
            filename=file.name,
            content_type=file.media_type if shown else "application/octet-stream",
        )
        policy = SEALED if file.media_type == "application/pdf" else f"{SEALED}; sandbox"
        answer["Content-Security-Policy"] = policy
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each document."""
        return [self.route("<int:document>", self.respond)]


HAND_IN = HandInDocument(
    key="hr.documents",
    title=_("Hand in a document"),
    permission="hr.manage_people",
    in_menu=False,
)
COPY = DocumentCopy(key="hr.documents", title=_("Document"), permission="hr.use_own", in_menu=False)
