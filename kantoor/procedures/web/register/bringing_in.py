"""Bringing in a diagram: a file, which is kept and drawn whatever of it can't run."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.toasts import Toast, say
from kantoor.procedures.actions.importing import Imported, import_procedure
from kantoor.procedures.department import MANAGE
from kantoor.procedures.diagrams.opening import MOST_BYTES, as_text
from kantoor.procedures.web import words
from kantoor.procedures.web.register.lists import REGISTER

LONGEST_NOTE = 300


class BringInForm(forms.Form):
    """A file, and what is to be known of it."""

    content = forms.FileField(widget=forms.FileInput(attrs={"accept": ".bpmn,.xml"}))
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)
    publish = forms.BooleanField(required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        self.fields["content"].label = gettext("File")
        self.fields["content"].help_text = gettext("A BPMN 2.0 diagram of at most 1 MB.")
        self.fields["note"].label = gettext("What is new in it")
        self.fields["publish"].label = gettext("Publish it at once")
        self.fields["publish"].help_text = gettext(
            "New ones begin by it; what is under way goes on by its own version."
        )

    def clean_content(self) -> str:
        """The file as text, whatever its encoding."""
        file = self.cleaned_data["content"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("A diagram is at most 1 MB."))
        try:
            return as_text(file.read())
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


@dataclass(frozen=True, kw_only=True)
class BringIn(View):
    """The page that takes a diagram."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, the way to the version that it became."""
        form = BringInForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                found = import_procedure(actor_of(request), **form.cleaned_data)
            except DomainError as refusal:
                name = refusal.place.field
                form.add_error(name if name in form.fields else None, str(refusal.message))
            else:
                say(request, _told(found))
                return HttpResponseRedirect(words.version_url(found.procedure, found.version))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Bring it in"),
            action=self.url,
            intro=gettext(
                "It is kept as a new version of the procedure that its process names, and drawn."
                " What of it can't run is said by element."
            ),
            cancel_url=REGISTER.url,
            breadcrumb=[Link(force_str(REGISTER.title), REGISTER.url)],
        )
        return render(request, "ui/form.html", {"page": page}, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


def _told(found: Imported) -> Toast:
    name = gettext("“{key}”, version {version}").format(key=found.procedure, version=found.version)
    if found.known:
        return Toast(
            gettext("{name}: this very diagram was here already.").format(name=name), "info"
        )
    wrong = sum(each.level != "warning" for each in found.faults)
    if wrong:
        said = ngettext(
            "{name} is kept; {n} thing in it can't run yet.",
            "{name} is kept; {n} things in it can't run yet.",
            wrong,
        )
        return Toast(said.format(name=name, n=wrong), "info")
    return Toast(gettext("{name} is kept, and all of it can run.").format(name=name))


BRING_IN = BringIn(
    key="procedures.import", title=_("Bring in a diagram"), permission=MANAGE, in_menu=False
)
