"""Files of a case, opened from its page: by the desk, and by who asked what they may see."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.cases.record import case_file, my_question_file
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.files.files import open_file
from kantoor.kernel.files.models import File
from kantoor.kernel.pages.view import View, actor_of

SHOWN = {"application/pdf", "image/png", "image/jpeg"}
"""What a browser may show; all else is only ever downloaded, as bytes of no kind."""
SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A file runs nothing and asks nothing."""


@dataclass(frozen=True, kw_only=True)
class FileOfCase(View):
    """A file as it came in: shown when it is a PDF or picture, else downloaded."""

    find: Callable[..., File]

    def respond(self, request: HttpRequest, number: str, file: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        found = self.find(actor, number=number, file=file)
        shown = found.media_type in SHOWN
        answer = FileResponse(
            open_file(actor, found),
            as_attachment=not shown,
            filename=found.name.rpartition("/")[2] or "file",
            content_type=found.media_type if shown else "application/octet-stream",
        )
        policy = SEALED if found.media_type == "application/pdf" else f"{SEALED}; sandbox"
        answer["Content-Security-Policy"] = policy
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each file of each case."""
        return [self.route("<str:number>/files/<int:file>", self.respond)]


CASE_FILE = FileOfCase(
    key="ict.cases", title=_("File"), permission=READ, in_menu=False, find=case_file
)
QUESTION_FILE = FileOfCase(
    key="ict.my_questions",
    title=_("File"),
    permission="ict.ask_help",
    in_menu=False,
    find=my_question_file,
)
