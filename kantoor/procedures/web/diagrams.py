"""The files of diagrams that drawings are made of, in the reader's language."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.view import View, actor_of
from kantoor.procedures.department import READ, TAKE_PART
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.queries.instances import instance
from kantoor.procedures.queries.procedures import drawing
from kantoor.procedures.web.in_language import in_language


@dataclass(frozen=True, kw_only=True)
class DiagramOfInstance(View):
    """The diagram of the version that an instance goes by."""

    def respond(self, request: HttpRequest, number: int) -> HttpResponse:
        """The file."""
        return _file(instance(actor_of(request), number=number).xml)

    def routes(self) -> list[URLPattern]:
        """One address for each instance."""
        return [self.route("<int:number>/diagram", self.respond)]


@dataclass(frozen=True, kw_only=True)
class DiagramOfVersion(View):
    """The diagram of a version of a procedure."""

    def respond(self, request: HttpRequest, key: str, version: int) -> HttpResponse:
        """The file."""
        return _file(drawing(actor_of(request), procedure=key, version=version).xml)

    def routes(self) -> list[URLPattern]:
        """One address for each version."""
        return [self.route("<str:key>/versions/<int:version>/diagram", self.respond)]


def _file(xml: str) -> HttpResponse:
    content = in_language(bytes_of(xml), (get_language() or "en")[:2])
    answer = HttpResponse(content, content_type="application/xml; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


OF_INSTANCE = DiagramOfInstance(
    key="procedures.instances", title=_("Diagram"), permission=TAKE_PART, in_menu=False
)
OF_VERSION = DiagramOfVersion(
    key="procedures.register", title=_("Diagram"), permission=READ, in_menu=False
)
