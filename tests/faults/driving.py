"""Works procedures on in a process of its own, as people and the worker would: to be killed.

It says each task that was done, after that is acknowledged, and ends when nothing runs any more.
"""

import os

import django

INSTANCES = int(os.environ.get("KANTOOR_INSTANCES", "6"))
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWING = f"""<definitions xmlns="{BPMN}" xmlns:k="urn:kantoor:procedures:1">
<process id="hire" name="Hire" isExecutable="true">
<startEvent id="s"/>
<userTask id="ask" k:role="administrator"/>
<serviceTask id="write" k:action="kernel.add_employee"><extensionElements>
<k:input name="employee.code" value="'E' + text(instance)"/><k:input name="employee.name" value="'Number ' + text(instance)"/>
</extensionElements></serviceTask>
<parallelGateway id="split"/>
<userTask id="left" k:role="administrator"/>
<intermediateCatchEvent id="now"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>
<parallelGateway id="join"/>
<subProcess id="inside"><startEvent id="is"/><userTask id="within" k:role="administrator"/><endEvent id="ie"/>
<sequenceFlow id="i1" sourceRef="is" targetRef="within"/><sequenceFlow id="i2" sourceRef="within" targetRef="ie"/></subProcess>
<endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="ask"/><sequenceFlow id="f2" sourceRef="ask" targetRef="write"/>
<sequenceFlow id="f3" sourceRef="write" targetRef="split"/><sequenceFlow id="f4" sourceRef="split" targetRef="left"/>
<sequenceFlow id="f5" sourceRef="split" targetRef="now"/><sequenceFlow id="f6" sourceRef="left" targetRef="join"/>
<sequenceFlow id="f7" sourceRef="now" targetRef="join"/><sequenceFlow id="f8" sourceRef="join" targetRef="inside"/>
<sequenceFlow id="f9" sourceRef="inside" targetRef="e"/>
</process></definitions>"""


def main() -> None:
    """Begin what was not begun, then go on until all of it has ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kantoor.config.settings"
    django.setup()
    from django.utils import timezone

    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, Role, User
    from kantoor.kernel.actors.roles import Permitted, add_role, grant_role
    from kantoor.procedures.actions.going_on import go_on
    from kantoor.procedures.actions.importing import import_procedure, publish_version
    from kantoor.procedures.actions.starting import start_procedure
    from kantoor.procedures.actions.tasks import complete_task
    from kantoor.procedures.hearing import due_waits
    from kantoor.procedures.models import Instance, Procedure, Task, Wait

    company = Company.objects.get()
    console = console_actor(company)
    anne = actor_for(User.objects.get(administrator=True), company)
    known = Procedure.objects.filter(key="hire").first()
    if known is None:
        import_procedure(anne, content=DRAWING)
        known = Procedure.objects.get(key="hire")
    if not Role.objects.filter(code="hirer").exists():
        may = [Permitted("kernel.manage_employees")]
        add_role(console, code="hirer", name_en="Hirer", name_nl="Werver", permissions=may)
    if not known.account.grants.exists():
        grant_role(console, user=known.account.sign_in, role="hirer")
    if known.published_id is None:
        publish_version(anne, procedure="hire", version=1)
    print("begins", flush=True)
    while Instance.objects.count() < INSTANCES:
        start_procedure(anne, procedure="hire")
        print("began", flush=True)
    while Instance.objects.filter(state__in=["running", "stuck"]).exists():
        due = Wait.objects.filter(due_waits(timezone.now())).values_list("pk", flat=True)
        go_on(console, waits=list(due))
        task = Task.objects.filter(state="open").order_by("pk").first()
        if task is not None:
            complete_task(anne, task=task.pk)
            print(f"done {task.pk}", flush=True)
    print("ended", flush=True)


if __name__ == "__main__":
    main()
