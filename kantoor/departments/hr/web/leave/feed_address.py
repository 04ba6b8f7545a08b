"""The page on which one makes, renews and withdraws the address of one's own leave calendar."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.feeding import (
    renew_calendar_address,
    withdraw_calendar_address,
)
from kantoor.departments.hr.queries.leave.feed import calendar_address_made
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.toasts import Toast, say


@dataclass(frozen=True, kw_only=True)
class FeedAddress(View):
    """The page at `/hr/leave-calendar-address`."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Whether there is an address; a new one is shown on the answer to the button, once."""
        actor = actor_of(request)
        address = ""
        if request.method == "POST":
            if "withdraw" in request.POST:
                withdraw_calendar_address(actor)
                say(request, Toast(gettext("The address does not work any more.")))
                return HttpResponseRedirect(self.url)
            token = renew_calendar_address(actor).token
            root = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
            address = f"{root}/leave-calendar/{token}"
        context: dict[str, Any] = {
            "page": {"title": force_str(self.title)}, "address": address, "url": self.url,
            "made": calendar_address_made(actor),
        }  # fmt: skip
        answer = render(request, "hr/leave_calendar_address.html", context)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


ADDRESS = FeedAddress(
    key="hr.leave_calendar_address",
    title=_("The leave calendar in my own calendar"),
    permission="hr.use_own",
    in_menu=False,
)
