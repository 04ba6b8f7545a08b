"""The files that drawings are made of, in the language of the reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.view import View, actor_of
from kantoor.procedures.department import READ, TAKE_PART
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.queries.instances import instance
from kantoor.procedures.queries.procedures import drawing
from kantoor.procedures.web.in_language import in_language

XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class FileView(View):
    """Diagrams as files; `xml` finds one by what stands in the address."""

    path: str
    xml: Callable[..., str]

    def routes(self) -> Sequence[URLPattern]:
        """The one address."""
        return [self.route(self.path, self.respond)]

    def respond(self, request: HttpRequest, **parts: object) -> HttpResponse:
        """The file as it is, to be kept; to be drawn, with the names that its reader reads."""
        actor = actor_of(request)
        content = bytes_of(self.xml(actor, **parts))
        if "shown" in request.GET:
            return HttpResponse(in_language(content, actor.language), content_type=XML)
        name = "-".join(str(each) for each in parts.values())
        answer = HttpResponse(content, content_type=XML)
        answer["Content-Disposition"] = f'attachment; filename="{quote(name)}.bpmn"'
        return answer


def _of_version(actor: Actor, *, key: str, version: int) -> str:
    return drawing(actor, procedure=key, version=version).xml


def _of_instance(actor: Actor, *, number: int) -> str:
    return instance(actor, number=number).xml


OF_VERSIONS = FileView(
    key="procedures.drawings", title=_("Drawings"), permission=READ, in_menu=False,
    path="<str:key>/<int:version>", xml=_of_version,
)  # fmt: skip
OF_INSTANCES = FileView(
    key="procedures.drawings_under_way", title=_("Drawings of what is under way"),
    permission=TAKE_PART, in_menu=False, path="<int:number>", xml=_of_instance,
)  # fmt: skip


def of_version(key: str, version: int) -> str:
    """The address of a version's file."""
    return f"{OF_VERSIONS.url}/{quote(key)}/{version}"


def of_instance(number: int) -> str:
    """The address of an instance's file."""
    return f"{OF_INSTANCES.url}/{number}"
