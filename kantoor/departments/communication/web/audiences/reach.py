"""How many an audience would reach, told while somebody makes it up."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.html import escape
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kantoor.departments.communication.actions.audiences.setting import MOST_PARTS, parts_of
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.drafts_audiences import PartDraft
from kantoor.departments.communication.queries.audiences.register import (
    reach_of_parts,
    words_of_parts,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.formats import number


@dataclass(frozen=True, kw_only=True)
class ReachView(View):
    """One sentence on what stands in the form now."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """How many it reaches, or what is wrong with it."""
        return HttpResponse(escape(_said(actor_of(request), request)))

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("reach", require_POST(self.respond))]


def _said(actor: Actor, request: HttpRequest) -> str:
    drafts = _drafts(request)
    if not drafts:
        return gettext("Say who is in it.")
    try:
        parts = parts_of(actor, drafts)
        purpose = request.POST.get("audience.purpose", "")
        found = reach_of_parts(actor, parts=parts, purpose=purpose)
    except DomainError as error:
        return force_str(error.message)
    return f"{words_of_parts(actor, parts=parts)}. {_reaching(found)}"


def _reaching(found: int) -> str:
    if not found:
        return gettext("By mail this reaches nobody now.")
    said = ngettext(
        "By mail this reaches one address now.", "By mail this reaches %(n)s addresses now.", found
    )
    return said % {"n": number(found)}


def _drafts(request: HttpRequest) -> list[PartDraft]:
    """The lines of the form that say something; those that are taken out left out."""
    count = request.POST.get("lines-TOTAL_FORMS", "0")
    found = []
    for place in range(min(int(count) if count.isdigit() else 0, MOST_PARTS)):
        who = request.POST.get(f"lines-{place}-who", "").strip()
        if who and not request.POST.get(f"lines-{place}-DELETE"):
            left_out = bool(request.POST.get(f"lines-{place}-left_out"))
            found.append(PartDraft(who=who, left_out=left_out))
    return found


REACH = ReachView(
    key="communication.audiences",
    title=_("How many an audience would reach"),
    permission=MANAGE_AUDIENCES,
    in_menu=False,
)
