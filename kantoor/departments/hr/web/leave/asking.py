"""The page to ask leave on, made for a phone: a few fields, and what it costs as one chooses."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.asking import ask_leave
from kantoor.departments.hr.queries.leave.preview import leave_cost
from kantoor.departments.hr.queries.leave.register import kind_names
from kantoor.departments.hr.web.leave import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.toasts import Toast, say


class AskForm(forms.Form):
    """Leave as it is asked; the last day is the first again when it is left empty."""

    first = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    first_part = forms.ChoiceField(choices=tuple(words.PARTS.items()), initial="whole")
    last_part = forms.ChoiceField(choices=tuple(words.PARTS.items()), initial="whole")
    kind = forms.ChoiceField()
    note = forms.CharField(required=False, max_length=300)

    def __init__(self, actor: Actor, data: object = None) -> None:
        today = timezone.localdate()
        super().__init__(
            data,  # type: ignore[arg-type]
            label_suffix="",
            auto_id="leave-%s",
            initial={"first": today.isoformat()},
        )
        labels = {
            "first": (gettext("First day"), ""),
            "last": (gettext("Last day"), gettext("Leave it empty for one day.")),
            "first_part": (gettext("Of the first day"), ""),
            "last_part": (gettext("Of the last day"), ""),
            "kind": (gettext("Kind of leave"), ""),
            "note": (gettext("Note"), gettext("Your manager reads it.")),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = list(kind_names(actor).items())


@dataclass(frozen=True, kw_only=True)
class AskLeave(View):
    """The page at `/hr/ask-leave`, and the part of it that says what the leave costs."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, the way to the request."""
        actor = actor_of(request)
        form = AskForm(actor, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                number = ask_leave(actor, **form.cleaned_data)
            except DomainError as refusal:
                field = refusal.place.field
                form.add_error(field if field in form.fields else None, force_str(refusal.message))
            else:
                say(request, Toast(gettext("%(number)s is asked.") % {"number": number}))
                return HttpResponseRedirect(words.request_url(number))
        trail = [Link(gettext("My leave"), "/hr/my-leave")]
        context: dict[str, Any] = {
            "page": {"title": force_str(self.title), "breadcrumb": trail},
            "form": form,
            "urls": {"page": self.url, "cost": f"{self.url}/cost"},
            **_cost(actor, form.data if form.is_bound else {"first": timezone.localdate().isoformat()}),
        }  # fmt: skip
        return render(request, "hr/ask_leave.html", context, status=422 if form.errors else 200)

    def cost(self, request: HttpRequest) -> HttpResponse:
        """What the chosen days cost."""
        return render(request, "hr/ask_leave/cost.html", _cost(actor_of(request), request.GET))

    def routes(self) -> list[URLPattern]:
        """The page and its part."""
        return [self.route("", self.respond), self.route("cost", self.cost)]


def _cost(actor: Actor, given: Any) -> dict[str, Any]:
    """What stands under the fields: the hours, the days, what is left; or why it can't be said."""
    try:
        first = date.fromisoformat(str(given.get("first") or ""))
        last = date.fromisoformat(str(given.get("last"))) if given.get("last") else first
    except ValueError:
        return {"cost": None, "cost_fault": ""}
    parts = [str(given.get(name) or "whole") for name in ("first_part", "last_part")]
    one, other = ("whole" if part not in words.PARTS else part for part in parts)
    kind = str(given.get("kind") or "holiday")
    try:
        found = leave_cost(
            actor, first=first, last=last, kind=kind, first_part=one, last_part=other  # type: ignore[arg-type]
        )  # fmt: skip
    except DomainError as refusal:
        return {"cost": None, "cost_fault": force_str(refusal.message)}
    count = len(found.days)
    return {
        "cost": {
            "hours": words.clock(found.minutes),
            "days": ngettext("%(n)s day", "%(n)s days", count) % {"n": count},
            "each": [(day(on), words.clock(minutes)) for on, minutes in found.days[:31]],
            "left": None if found.left is None else words.clock(found.left),
            "short": found.left is not None and found.left < 0,
        },
        "cost_fault": "",
    }


ASK = AskLeave(key="hr.ask_leave", title=_("Ask for leave"), permission="hr.use_own", in_menu=False)
