"""Makes a company with procedures in a data folder of its own: `KANTOOR_DATA`.

The reference diagrams of the BPMN Model Interchange Working Group, drawn only; the journeys that
come ready; and a small one, in which somebody waits for a desk.
"""

import os
from pathlib import Path

from kantoor.kernel.tests.shared import BESIDE

WELCOME = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:kantoor="urn:kantoor:procedures:1"
 id="definitions" targetNamespace="welcome">
<bpmn:process id="welcome" name="Welcome" kantoor:nameNl="Welkom" isExecutable="true">
<bpmn:startEvent id="start" name="Somebody comes"/>
<bpmn:userTask id="desk" name="Make a desk ready" kantoor:nameNl="Werkplek klaarmaken" kantoor:role="administrator"/>
<bpmn:userTask id="tour" name="Show around" kantoor:nameNl="Rondleiden" kantoor:role="administrator"/>
<bpmn:endEvent id="end" name="Settled"/>
<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="desk"/>
<bpmn:sequenceFlow id="f2" sourceRef="desk" targetRef="tour"/>
<bpmn:sequenceFlow id="f3" sourceRef="tour" targetRef="end"/></bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="welcome">
<bpmndi:BPMNShape id="s1" bpmnElement="start"><dc:Bounds x="100" y="122" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s2" bpmnElement="desk"><dc:Bounds x="200" y="100" width="100" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s3" bpmnElement="tour"><dc:Bounds x="360" y="100" width="100" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s4" bpmnElement="end"><dc:Bounds x="520" y="122" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="136" y="140"/><di:waypoint x="200" y="140"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="300" y="140"/><di:waypoint x="360" y="140"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="e3" bpmnElement="f3"><di:waypoint x="460" y="140"/><di:waypoint x="520" y="140"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"""


def references() -> dict[str, str]:
    """The reference diagrams by the name of their file; two have processes of the same name."""
    from kantoor.procedures.diagrams.opening import as_text

    folder = Path(os.environ.get("KANTOOR_SHARED", BESIDE), "data", "bpmn")
    files = sorted(folder.glob("*.bpmn"))
    texts = {file.name: as_text(file.read_bytes()) for file in files}
    return {
        name: text.replace('"WFP-6-2"', '"WFP-6-2-B"') if name == "B.1.0.bpmn" else text
        for name, text in texts.items()
    }


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from kantoor.kernel.actors.actor import actor_for
    from kantoor.kernel.actors.models import Company, User
    from kantoor.procedures.actions.importing import import_procedure
    from kantoor.procedures.actions.journeys import use_journeys
    from kantoor.procedures.actions.starting import start_procedure

    administrator = actor_for(User.objects.get(sign_in="admin"), Company.objects.get())
    for text in references().values():
        import_procedure(administrator, content=text)
    import_procedure(administrator, content=WELCOME, publish=True)
    start_procedure(administrator, procedure="welcome")
    use_journeys(administrator)


if __name__ == "__main__":
    main()
