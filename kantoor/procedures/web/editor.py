"""The editor of diagrams: drawn in the browser, checked as one draws, kept as a new version."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.pages.visiting import takes_at_most
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.department import MANAGE
from kantoor.procedures.diagrams.elements import BPMN, KANTOOR, Fault
from kantoor.procedures.diagrams.opening import MOST_BYTES, bytes_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.queries.procedures import drawing
from kantoor.procedures.web.catalogue import catalogue
from kantoor.procedures.web.checks import faults_now
from kantoor.procedures.web.kinds import KINDS, TRIGGERS

LONGEST_NOTE = 300
EMPTY = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:kantoor="{KANTOOR}"
 id="definitions" targetNamespace="{KANTOOR}">
<bpmn:process id="procedure" isExecutable="true"><bpmn:startEvent id="start"/></bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="procedure">
<bpmndi:BPMNShape id="start_shape" bpmnElement="start"><dc:Bounds x="180" y="160" width="36" height="36"/>
</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>
"""
"""What a new diagram begins with: a process, and its start."""
LISTS = ("actions", "queries", "events", "roles", "teams", "procedures")
"""What the editor offers while one types."""
ADDABLE = (
    ("UserTask", KINDS["userTask"]),
    ("ServiceTask", KINDS["serviceTask"]),
    ("BusinessRuleTask", KINDS["businessRuleTask"]),
    ("ExclusiveGateway", KINDS["exclusiveGateway"]),
    ("ParallelGateway", KINDS["parallelGateway"]),
    ("IntermediateCatchEvent MessageEventDefinition", TRIGGERS["message"]),
    ("IntermediateCatchEvent TimerEventDefinition", TRIGGERS["timer"]),
    ("IntermediateCatchEvent ConditionalEventDefinition", TRIGGERS["condition"]),
    ("BoundaryEvent TimerEventDefinition", _("time at its edge")),
    ("BoundaryEvent ErrorEventDefinition", TRIGGERS["error"]),
    ("CallActivity", KINDS["callActivity"]),
    ("EndEvent", KINDS["endEvent"]),
)
"""What can be added without a mouse: BPMN's name, and ours."""


@dataclass(frozen=True, kw_only=True)
class EditorView(View):
    """A page on which a diagram is drawn. Its script asks for the file, what can be named, and checks."""

    def routes(self) -> Sequence[URLPattern]:
        """The page, and what its script asks."""
        return [
            self.route("", self.page),
            self.route("file", self.file),
            self.route("known", self.known),
            self.route("check", self.check),
            self.route("save", self.save),
        ]

    def page(self, request: HttpRequest) -> HttpResponse:
        """The editor of a version of a procedure, or of a new one."""
        key = request.GET.get("procedure", "")
        context: dict[str, Any] = {
            "urls": self._urls(request),
            "title": gettext("New procedure"),
            "kinds": ADDABLE,
            "lists": LISTS,
        }
        if key:
            shown = drawing(actor_of(request), procedure=key, version=_number(request))
            context["title"] = shown.name
            context["version"] = shown.version
        return render(request, "procedures/editor.html", context)

    def file(self, request: HttpRequest) -> HttpResponse:
        """The file that is edited."""
        key = request.GET.get("procedure", "")
        xml = EMPTY
        if key:
            shown = drawing(actor_of(request), procedure=key, version=_number(request))
            xml = bytes_of(shown.xml).decode()
        return HttpResponse(xml, content_type="application/xml; charset=utf-8")

    def known(self, request: HttpRequest) -> HttpResponse:
        """What can be named in a diagram."""
        return JsonResponse(catalogue(actor_of(request)))

    @takes_at_most(MOST_BYTES)
    def check(self, request: HttpRequest) -> HttpResponse:
        """What of a diagram can't run; nothing is kept."""
        return _answer(request, _check)

    @takes_at_most(MOST_BYTES)
    def save(self, request: HttpRequest) -> HttpResponse:
        """Keep a diagram as a new version."""
        return _answer(request, _save)

    def _urls(self, request: HttpRequest) -> dict[str, str]:
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return {
            "file": f"{self.url}/file{asked}",
            **{name: f"{self.url}/{name}" for name in ("known", "check", "save")},
        }


def _check(request: HttpRequest) -> dict[str, Any]:
    return {"faults": _plain(faults_now(actor_of(request), read_diagram(request.body)))}


def _save(request: HttpRequest) -> dict[str, Any]:
    kept = import_procedure(
        actor_of(request),
        content=request.body.decode(errors="replace"),
        note=request.GET.get("note", "")[:LONGEST_NOTE],
    )
    said = (
        gettext("This is version {version} already.")
        if kept.known
        else gettext("Kept as version {version}.")
    )
    return {
        "said": said.format(version=kept.version),
        "procedure": kept.procedure,
        "version": kept.version,
        "faults": _plain(kept.faults),
    }


def _answer(request: HttpRequest, work: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """What comes of a diagram that was posted; what is refused as JSON too."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        return JsonResponse(work(request))
    except DomainError as error:
        refused = {"refused": force_str(error), "code": error.code}
        return JsonResponse(refused, status=error.status)


def _number(request: HttpRequest) -> int:
    """The version that was asked for; 0 is the one in use."""
    told = request.GET.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 9 else 0


def _plain(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    return [asdict(fault) for fault in faults]


EDITOR = EditorView(
    key="procedures.editor", title=_("Draw a procedure"), permission=MANAGE, in_menu=False
)
