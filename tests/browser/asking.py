"""Makes a company in which somebody asks for something and others decide: `KANTOOR_DATA`.

Bo asks; Cas judges and buys, and something of each kind stands in the lists.
"""

import os
from datetime import timedelta

PASSWORD = "eleven grey herons"
PEOPLE = {"bo": "Bo de Wit", "cas": "Cas Vermeer"}
ASKING = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:kantoor="urn:kantoor:procedures:1"
 id="definitions" targetNamespace="asking">
<bpmn:process id="asking" name="Ask for something" kantoor:nameNl="Iets aanvragen" isExecutable="true" kantoor:title="what">
<bpmn:startEvent id="start" name="Asked" kantoor:nameNl="Gevraagd"><bpmn:extensionElements>
<kantoor:field name="what" label="What do you need" labelNl="Wat heb je nodig" required="true"/>
<kantoor:field name="pieces" kind="whole" label="How many" labelNl="Hoeveel" required="true"/>
<kantoor:field name="price" kind="decimal" label="Price of one" labelNl="Prijs per stuk"/>
<kantoor:field name="by" kind="date" label="Needed by" labelNl="Nodig op"/>
<kantoor:field name="hurry" kind="yes_no" label="Is there a hurry" labelNl="Is er haast bij" required="true"/>
<kantoor:field name="colour" kind="choice" label="Colour" labelNl="Kleur" choices="red=Red|blue=Blue|grey=Grey"/>
<kantoor:field name="who" kind="person" label="For whom" labelNl="Voor wie"/>
<kantoor:field name="why" kind="long_text" label="Why" labelNl="Waarom"/></bpmn:extensionElements></bpmn:startEvent>
<bpmn:userTask id="judge" name="Judge the request" kantoor:nameNl="Aanvraag beoordelen" kantoor:role="bookkeeper" kantoor:notBy="requester" kantoor:within="PT1S" kantoor:clock="always"><bpmn:extensionElements>
<kantoor:field name="agreed" kind="yes_no" label="May it be bought" labelNl="Mag het gekocht worden" required="true"/>
<kantoor:field name="remark" kind="long_text" label="Remark" labelNl="Opmerking"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:userTask id="hours" name="Add the hours of delivery" kantoor:nameNl="Levertijden toevoegen" kantoor:role="administrator" kantoor:action="kernel.add_calendar"><bpmn:extensionElements>
<kantoor:input name="code" value="'delivery'"/><kantoor:offer name="name" value="'Deliveries'"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:endEvent id="end" name="Bought" kantoor:nameNl="Gekocht"/>
<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="judge"/><bpmn:sequenceFlow id="f2" sourceRef="judge" targetRef="hours"/>
<bpmn:sequenceFlow id="f3" sourceRef="hours" targetRef="end"/></bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="asking">
<bpmndi:BPMNShape id="s1" bpmnElement="start"><dc:Bounds x="100" y="122" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s2" bpmnElement="judge"><dc:Bounds x="200" y="100" width="120" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s3" bpmnElement="hours"><dc:Bounds x="380" y="100" width="120" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s4" bpmnElement="end"><dc:Bounds x="560" y="122" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="136" y="140"/><di:waypoint x="200" y="140"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="320" y="140"/><di:waypoint x="380" y="140"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="e3" bpmnElement="f3"><di:waypoint x="500" y="140"/><di:waypoint x="560" y="140"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"""


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from django.utils import timezone

    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user
    from kantoor.procedures.actions.importing import import_procedure
    from kantoor.procedures.actions.standing_in import let_stand_in
    from kantoor.procedures.actions.starting import start_procedures
    from kantoor.procedures.actions.talking import comment_on
    from kantoor.procedures.actions.tasks import complete_task
    from kantoor.procedures.actions.teams import add_team
    from kantoor.procedures.models import Task

    company = Company.objects.get()
    for sign_in, name in PEOPLE.items():
        add_user(
            console_actor(company), sign_in=sign_in, name=name, roles=["bookkeeper"],
            password=PASSWORD, password_is_temporary=False,
        )  # fmt: skip
    admin, bo, cas = (
        actor_for(User.objects.get(sign_in=each), company) for each in ("admin", "bo", "cas")
    )
    import_procedure(admin, content=ASKING, publish=True)
    asked = [
        {"what": what, "pieces": 2, "hurry": False}
        for what in ("Two chairs", "A printer", "Paper for a year")
    ]
    start_procedures(bo, procedure="asking", several=asked)
    first = Task.objects.filter(element="judge").order_by("pk")[0]
    complete_task(cas, task=first.pk, values={"agreed": True})
    comment_on(bo, instance=2, text="Can you look at this today, @cas?")
    add_team(admin, code="reception", name="Reception", members=["bo", "cas"])
    today = timezone.localdate()
    let_stand_in(cas, deputy="bo", first=today, last=today + timedelta(days=7))


if __name__ == "__main__":
    main()
