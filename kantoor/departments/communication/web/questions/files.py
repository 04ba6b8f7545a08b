"""Files that came with a question, only ever downloaded: whoever wrote may have put anything in them."""

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.queries.questions.register import question_file
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.view import View, actor_of


@dataclass(frozen=True, kw_only=True)
class FileOfQuestion(View):
    """A file as it came in."""

    def respond(self, request: HttpRequest, number: str, file: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        found = question_file(actor, number=number, file=file)
        answer = FileResponse(
            open_file(actor, found),
            as_attachment=True,
            filename=found.name.rpartition("/")[2] or "file",
            content_type="application/octet-stream",
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each file of each question."""
        return [self.route("<str:number>/files/<int:file>", self.respond)]


QUESTION_FILE = FileOfQuestion(
    key="communication.questions", title=_("File"), permission=HANDLE_QUESTIONS, in_menu=False
)
