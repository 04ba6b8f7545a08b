"""The files that drawings are made of, in the language of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.view import View, actor_of
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.queries.instances import instance
from kantoor.procedures.queries.procedures import drawing
from kantoor.procedures.web.in_language import in_language

XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class FilesView(View):
    """Diagrams as files: of a version, and of an instance (whoever may see that, may see its drawing)."""

    def routes(self) -> Sequence[URLPattern]:
        """The two addresses."""
        return [
            self.route("version/<str:key>/<int:version>", self.of_version),
            self.route("instance/<int:number>", self.of_instance),
        ]

    def of_version(self, request: HttpRequest, *, key: str, version: int) -> HttpResponse:
        """The diagram of a version."""
        return self._file(request, drawing(actor_of(request), procedure=key, version=version).xml)

    def of_instance(self, request: HttpRequest, *, number: int) -> HttpResponse:
        """The diagram by which an instance goes."""
        return self._file(request, instance(actor_of(request), number=number).xml)

    def _file(self, request: HttpRequest, xml: str) -> HttpResponse:
        content = in_language(bytes_of(xml), actor_of(request).language)
        return HttpResponse(content, content_type=XML)


FILES = FilesView(key="procedures.drawings", title=_("Drawings"), in_menu=False)


def of_version(key: str, version: int) -> str:
    """The address of a version's file."""
    return f"{FILES.url}/version/{quote(key)}/{version}"


def of_instance(number: int) -> str:
    """The address of an instance's file."""
    return f"{FILES.url}/instance/{number}"
