"""An item as it looks as a mail: the mail itself, which can do nothing in the reader's browser."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.queries.mailings.saying import mail_preview
from kantoor.kernel.pages.view import View, actor_of

POLICY = "default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True, kw_only=True)
class MailPreview(View):
    """The page at `/communication/mail-preview/<item>/<language>`."""

    def respond(self, request: HttpRequest, item: str, language: str = "") -> HttpResponse:
        """The mail; its query refuses who may not see the item."""
        answer = HttpResponse(mail_preview(actor_of(request), item=item, language=language))
        answer["Content-Security-Policy"] = POLICY
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """In its first language, and in another."""
        return [
            self.route("<str:item>", self.respond),
            self.route("<str:item>/<str:language>", self.respond),
        ]


PREVIEW = MailPreview(
    key="communication.mail_preview",
    title=_("An item as a mail"),
    permission=READ_ITEMS,
    in_menu=False,
)
