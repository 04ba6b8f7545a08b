"""What kinds of element are called to people who have never seen the standard."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kantoor.procedures.diagrams.elements import Element

KINDS: dict[str, Promise] = {
    "task": _("task"),
    "userTask": _("task"),
    "manualTask": _("task by hand"),
    "serviceTask": _("done by Kantoor"),
    "sendTask": _("sent by Kantoor"),
    "businessRuleTask": _("question"),
    "scriptTask": _("script"),
    "receiveTask": _("waits for an event"),
    "subProcess": _("subprocess"),
    "callActivity": _("other procedure"),
    "startEvent": _("start"),
    "endEvent": _("end"),
    "intermediateThrowEvent": _("event"),
    "exclusiveGateway": _("one way"),
    "inclusiveGateway": _("one or more ways"),
    "parallelGateway": _("all ways"),
    "eventBasedGateway": _("what comes first"),
}
TRIGGERS: dict[str, Promise] = {
    "message": _("waits for an event"),
    "timer": _("waits for a time"),
    "condition": _("waits until something is seen"),
    "error": _("when it is refused"),
    "compensation": _("what undoes it"),
}


def kind_of(element: Element) -> str:
    """The kind of an element in words; what Kantoor has no word for is called as BPMN does."""
    if element.tag in ("intermediateCatchEvent", "boundaryEvent"):
        return str(TRIGGERS.get(element.trigger, _("event")))
    return str(KINDS.get(element.tag, element.tag))
