"""Measures steps of a procedure in one database, and of the library alone; prints JSON."""

import json
import os
import time
from typing import Any

import django

MANY = int(os.environ.get("BENCH_PROCEDURES", "400"))
STEPS = 6
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TIMER = "<timerEventDefinition><timeDuration>'P30D'</timeDuration></timerEventDefinition>"


def drawing() -> str:
    """Six tasks with warnings beside them, a choice after each, and two branches at the end."""
    body, flows = ['<startEvent id="s"/>'], [("s", "u0", "")]
    for n in range(STEPS):
        body += [
            f'<userTask id="u{n}" name="Step {n}" k:role="administrator"/>',
            f'<exclusiveGateway id="x{n}" default="x{n}-n{n}"/><endEvent id="n{n}"/>',
        ]
        after = f"u{n + 1}" if n + 1 < STEPS else "split"
        flows += [(f"u{n}", f"x{n}", ""), (f"x{n}", after, "go_on == 1"), (f"x{n}", f"n{n}", "")]
    body += [
        '<boundaryEvent id="b" attachedToRef="u3" cancelActivity="false">'
        + TIMER
        + "</boundaryEvent>",
        '<endEvent id="warned"/><parallelGateway id="split"/><parallelGateway id="join"/>',
        '<userTask id="left" k:role="administrator"/><userTask id="right" k:role="administrator"/>',
        '<endEvent id="e"/>',
    ]
    flows += [
        ("b", "warned", ""), ("split", "left", ""), ("split", "right", ""), ("left", "join", ""),
        ("right", "join", ""), ("join", "e", ""),
    ]  # fmt: skip
    lines = "".join(
        f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}">'
        + (f"<conditionExpression>{c}</conditionExpression>" if c else "")
        + "</sequenceFlow>"
        for a, b, c in flows
    )
    start = '<extensionElements><k:field name="go_on" kind="whole"/></extensionElements>'
    return (
        f'<definitions xmlns="{BPMN}" xmlns:k="urn:kantoor:procedures:1">'
        '<process id="steps" name="Steps" isExecutable="true">'
        + "".join(body).replace('<startEvent id="s"/>', f'<startEvent id="s">{start}</startEvent>')
        + lines
        + "</process></definitions>"
    )


def administrator() -> Any:
    """Who founded a company, and may do everything in it."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kantoor.kernel.actors.actor import actor_for, installation_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.shell.founding import found_company

    made = found_company(installation_actor(), name="Bench", country="NL", currency="EUR")
    return actor_for(User.objects.get(sign_in=made.user), Company.objects.get())


def main() -> None:
    """The library alone, then Kantoor in bulk and one by one."""
    peer = _library()
    actor = administrator()
    from kantoor.procedures.actions.importing import import_procedure
    from kantoor.procedures.actions.starting import start_procedures
    from kantoor.procedures.actions.tasks import Completion, complete_task, complete_tasks
    from kantoor.procedures.models import Task

    content = drawing().replace("'P30D'", "P30D")
    import_procedure(actor, content=content, publish=True)

    def begun() -> None:
        start_procedures(actor, procedure="steps", several=[{"go_on": 1}] * MANY)

    def standing() -> list[int]:
        return list(Task.objects.filter(state="open").order_by("pk").values_list("pk", flat=True))

    begun()
    bulk, steps = 0.0, 0
    while keys := standing():
        start = time.perf_counter()
        complete_tasks(actor, completions=[Completion(task=key) for key in keys])
        bulk += time.perf_counter() - start
        steps += len(keys)
    begun()
    single, singles = 0.0, 0
    for _round in range(STEPS + 2):
        for key in standing()[:100]:
            start = time.perf_counter()
            complete_task(actor, task=key)
            single += time.perf_counter() - start
            singles += 1
    print(
        json.dumps(
            {
                "peer_ms": peer,
                "bulk_ms": bulk / steps * 1000,
                "single_ms": single / singles * 1000,
            }
        )
    )


def _library() -> float:
    """Milliseconds of a step of SpiffWorkflow with one serialization."""
    from lxml import etree
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(drawing()))
    spec = parser.get_spec("steps")
    serializer = BpmnWorkflowSerializer()
    took, steps = 0.0, 0
    for _number in range(60):
        workflow: Any = BpmnWorkflow(spec)
        workflow.task_tree.data["go_on"] = 1
        workflow.do_engine_steps()
        while tasks := workflow.get_tasks(state=TaskState.READY, manual=True):
            start = time.perf_counter()
            tasks[0].run()
            workflow.do_engine_steps()
            serializer.serialize_json(workflow)
            took += time.perf_counter() - start
            steps += 1
    return took / steps * 1000


if __name__ == "__main__":
    main()
