"""How far a mailing is, on its page and as the page asks again."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.queries.mailings.mailings import MailingDetail, mailing
from kantoor.departments.communication.web.mailings import words
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.progress import Progress

HANDED_IN = ("sent", "bounced", "failed", "unsure", "suppressed")
STANDS = {"done": "done", "stopped": "failed", "paused": "waiting"}


def progress_of(detail: MailingDetail) -> Progress:
    """How far a mailing is; only one that goes out is asked again."""
    row = detail.mailing
    goes = row.state in ("gathering", "sending")
    return Progress(
        title=force_str(words.STATES[row.state][0]),
        done=sum(detail.counts.get(state, 0) for state in HANDED_IN),
        total=row.size or None,
        state=STANDS.get(row.state, "running"),  # type: ignore[arg-type]
        poll_url=f"{words.mailing_url(row.uid)}/progress" if goes else "",
    )


@dataclass(frozen=True, kw_only=True)
class MailingProgress(View):
    """The part of the page at `/communication/mailings/<uid>/progress`."""

    def respond(self, request: HttpRequest, uid: str) -> HttpResponse:
        """How far it is now."""
        found = mailing(actor_of(request), uid=uid)
        return render(request, "ui/parts/progress.html", {"progress": progress_of(found)})

    def routes(self) -> list[URLPattern]:
        """One address for each mailing."""
        return [self.route("<str:uid>/progress", self.respond)]


PROGRESS = MailingProgress(
    key="communication.mailings", title=_("Mailing"), permission=READ_ITEMS, in_menu=False
)
