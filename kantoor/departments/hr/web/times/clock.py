"""One's own clock: a page with one big button, made for a phone."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.times.clocking import clock_in, clock_out
from kantoor.departments.hr.formats.durations import clock
from kantoor.departments.hr.queries.times.worked import my_clock
from kantoor.departments.hr.web.times import words
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.toasts import Toast, say


@dataclass(frozen=True, kw_only=True)
class MyClock(View):
    """The page at `/hr/my-clock`."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The button; pressed, one is in or out. What it says is what is meant, also when late."""
        actor = actor_of(request)
        fault = ""
        if request.method == "POST":
            try:
                at = clock_in(actor) if "in" in request.POST else clock_out(actor)
            except DomainError as refusal:
                fault = force_str(refusal.message)
            else:
                told = gettext("In since %s.") if "in" in request.POST else gettext("Out at %s.")
                say(request, Toast(told % f"{timezone.localtime(at):%H:%M}"))
                return HttpResponseRedirect(self.url)
        own = my_clock(actor)
        rows = [
            {
                "row": row,
                "kind": force_str(words.MARKS[row.kind]),
                "fault": force_str(words.FAULTS[row.fault]) if row.fault else "",
            }
            for row in reversed(own.marks)
        ]
        context: dict[str, Any] = {
            "page": {"title": force_str(self.title)}, "own": own, "today": clock(own.today),
            "rows": rows, "fault": fault, "url": self.url,
        }  # fmt: skip
        return render(request, "hr/my_clock.html", context, status=422 if fault else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


MY_CLOCK = MyClock(key="hr.my_clock", title=_("My clock"), permission="hr.use_own")
