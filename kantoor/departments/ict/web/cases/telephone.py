"""The page for who sits at the telephone: the caller found, the call noted, all on one page."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.vary import vary_on_headers

from kantoor.departments.ict.actions.cases.calls import note_call
from kantoor.departments.ict.drafts import CallDraft
from kantoor.departments.ict.models.cases.work import DAY_MINUTES
from kantoor.departments.ict.queries.articles.articles import suggested
from kantoor.departments.ict.queries.canned.texts import (
    TemplateRow,
    case_template,
    case_templates,
)
from kantoor.departments.ict.queries.cases.arranged import queue_names, service_names
from kantoor.departments.ict.queries.cases.callers import CallerShown, caller, callers
from kantoor.departments.ict.web.cases import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.toasts import Toast, say

MOST_TEMPLATES = 12
LEVELS = ((2, _("2 normal")), (1, _("1 high")), (3, _("3 low")))


class CallForm(forms.Form):
    """A call; the caller and the devices are chosen beside it."""

    title = forms.CharField(max_length=200)
    text = forms.CharField(required=False, max_length=200_000, widget=forms.Textarea)
    contact = forms.CharField(required=False, max_length=200)
    service = forms.ChoiceField(required=False)
    queue = forms.ChoiceField(required=False)
    impact = forms.TypedChoiceField(choices=LEVELS, coerce=int, initial=2)
    urgency = forms.TypedChoiceField(choices=LEVELS, coerce=int, initial=2)
    solution = forms.CharField(required=False, max_length=200_000, widget=forms.Textarea)
    minutes = forms.IntegerField(required=False, min_value=0, max_value=DAY_MINUTES)

    def __init__(
        self, actor: Actor, data: object = None, template: TemplateRow | None = None
    ) -> None:
        super().__init__(data, label_suffix="", auto_id="call-%s")  # type: ignore[arg-type]
        if template is not None:
            for name in ("title", "text", "service", "queue", "impact", "urgency"):
                self.initial[name] = getattr(template, name)
        labels = {
            "title": (gettext("What is the matter"), ""),
            "text": (gettext("Notes"), gettext("What the caller says.")),
            "contact": (gettext("Who called"), gettext("Where it is nobody we know.")),
            "service": (gettext("Service"), ""),
            "queue": (gettext("Queue"), ""),
            "impact": (gettext("How many it touches"), ""),
            "urgency": (gettext("How soon it must be solved"), ""),
            "solution": (
                gettext("Solved on the line"),
                gettext("How; leave it empty where it is not solved yet."),
            ),
            "minutes": (gettext("Minutes spent"), gettext("Counts from your first key.")),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = hint
        for name, found in (("service", service_names(actor)), ("queue", queue_names(actor))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ""), *found.items()]
        self.fields["title"].widget.attrs |= {
            "hx-get": "/ict/telephone/articles",
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#suggested",
            "hx-sync": "this:replace",
        }
        self.fields["minutes"].widget.attrs["data-spent"] = ""
        for name, rows in (("text", 4), ("solution", 2)):
            self.fields[name].widget.attrs["rows"] = rows


@dataclass(frozen=True, kw_only=True)
class Telephone(View):
    """The page at `/ict/telephone`, and the parts of it that change as one types."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The page; sent, the way to the case."""
        actor = actor_of(request)
        chosen = request.POST.get("caller") or request.GET.get("caller", "")
        template = self._template(actor, request.GET.get("template", "")[:40], chosen)
        form = CallForm(actor, request.POST if request.method == "POST" else None, template)
        if request.method == "POST" and form.is_valid():
            given = {**form.cleaned_data, "minutes": form.cleaned_data["minutes"] or 0}
            call = CallDraft(caller=chosen, devices=request.POST.getlist("devices")[:50], **given)
            try:
                opened = note_call(actor, call=call)
            except DomainError as refusal:
                field = refusal.place.field
                form.add_error(field if field in form.fields else None, force_str(refusal.message))
            else:
                say(request, Toast(gettext("%(number)s is opened.") % {"number": opened.number}))
                return HttpResponseRedirect(words.case_url(opened.number))
        asked = request.GET.get("q", "")
        context: dict[str, object] = {
            "title": force_str(self.title),
            "page": {"title": force_str(self.title)},
            "form": form,
            "asked": asked,
            "found": callers(actor, search=asked) if asked else [],
            "shown": self._shown(actor, chosen),
            "devices": request.POST.getlist("devices"),
            "templates": case_templates(actor)[:MOST_TEMPLATES],
            "urls": {
                "page": self.url,
                "callers": f"{self.url}/callers",
                "articles": f"{self.url}/articles",
            },
        }
        status = 422 if form.errors else 200
        return render(request, "ict/telephone.html", context, status=status)

    def _template(self, actor: Actor, code: str, caller: str) -> TemplateRow | None:
        try:
            return case_template(actor, code=code, requester=caller) if code else None
        except DomainError:
            return None

    def callers(self, request: HttpRequest) -> HttpResponse:
        """Who it may be, as one types."""
        asked = request.GET.get("q", "")[:100]
        context = {
            "found": callers(actor_of(request), search=asked),
            "asked": asked,
            "urls": {"page": self.url},
        }
        return render(request, "ict/telephone/callers.html", context)

    def caller(self, request: HttpRequest) -> HttpResponse:
        """Somebody chosen: what they have and wait for, to stand beside the form."""
        shown = self._shown(actor_of(request), request.GET.get("caller", "")[:100])
        context: dict[str, object] = {"shown": shown, "devices": []}
        context |= {"urls": {"page": self.url}}
        return render(request, "ict/telephone/caller.html", context)

    def articles(self, request: HttpRequest) -> HttpResponse:
        """The articles that may help with what is being typed."""
        found = suggested(actor_of(request), text=request.GET.get("title", "")[:200])
        return render(request, "ict/articles/suggested.html", {"articles": found})

    def _shown(self, actor: Actor, code: str) -> dict[str, object] | None:
        if not code:
            return None
        try:
            found: CallerShown = caller(actor, code=code)
        except DomainError:
            return None
        cases = [
            {
                "number": row.number,
                "title": row.title,
                "url": words.case_url(row.number),
                "status": words.status(row.state, row.waiting_for),
            }
            for row in found.cases
        ]
        return {"caller": found.caller, "devices": found.devices, "cases": cases}

    def routes(self) -> list[URLPattern]:
        """The page and its parts."""
        return [
            self.route("", vary_on_headers("HX-Request")(self.respond)),
            self.route("callers", self.callers),
            self.route("caller", self.caller),
            self.route("articles", self.articles),
        ]


TELEPHONE = Telephone(key="ict.telephone", title=_("Telephone"), permission="ict.handle_cases")
