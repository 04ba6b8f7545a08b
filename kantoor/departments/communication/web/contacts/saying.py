"""What was said with a contact: taken with its files from the contact's page, and opened from it."""

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kantoor.departments.communication.actions.contacts.talking import (
    LARGEST,
    MOST_FILES,
    note_conversation,
)
from kantoor.departments.communication.department import MANAGE_CONTACTS, READ_CONTACTS
from kantoor.departments.communication.drafts_contacts import FileDraft, SaidDraft
from kantoor.departments.communication.queries.contacts.register import conversation_file
from kantoor.departments.communication.web.contacts.words import WAYS, contact_url
from kantoor.kernel.errors import DomainError
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.pages.visiting import takes_at_most
from kantoor.kernel.ui.toasts import Toast, say

LARGEST_REQUEST = LARGEST * 2 + 2**20
"""Bytes of all files of one conversation, and a megabyte for the words."""


@dataclass(frozen=True, kw_only=True)
class TakeSaid(View):
    """Takes what was said; one is back at the contact."""

    @takes_at_most(LARGEST_REQUEST)
    def respond(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """Note it, or say why not."""
        way = request.POST.get("way", "")
        files = [
            FileDraft(name=file.name or "file", content=file.read(LARGEST + 1))
            for file in request.FILES.getlist("files")[: MOST_FILES + 1]
        ]
        try:
            note_conversation(
                actor_of(request),
                said=SaidDraft(
                    contact=code,
                    way=way if way in WAYS else "note",  # type: ignore[arg-type]
                    text=request.POST.get("text", ""),
                    files=files,
                ),
            )
        except DomainError as refusal:
            say(request, Toast(force_str(refusal.message), "bad"))
        else:
            say(request, Toast(gettext("It is noted.")))
        return HttpResponseRedirect(contact_url(code))

    def routes(self) -> list[URLPattern]:
        """One address for each contact."""
        return [self.route("<str:code>/said", require_POST(self.respond))]


@dataclass(frozen=True, kw_only=True)
class FileOfContact(View):
    """A file of what was said, only ever downloaded: who sent it may have put anything in it."""

    def respond(self, request: HttpRequest, code: str, file: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        found = conversation_file(actor, code=code, file=file)
        answer = FileResponse(
            open_file(actor, found),
            as_attachment=True,
            filename=found.name,
            content_type="application/octet-stream",
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each file."""
        return [self.route("<str:code>/files/<int:file>", self.respond)]


TAKE_SAID = TakeSaid(
    key="communication.contacts",
    title=_("Note what was said"),
    permission=MANAGE_CONTACTS,
    in_menu=False,
)
CONTACT_FILE = FileOfContact(
    key="communication.contacts", title=_("File"), permission=READ_CONTACTS, in_menu=False
)
