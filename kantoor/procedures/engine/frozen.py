"""What is kept of an instance: where its tokens are, in few bytes, without the diagram."""

import zlib
from typing import Any
from uuid import UUID

import msgspec
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from kantoor.kernel.expressions import Value, marked, unmarked
from kantoor.kernel.store.packing import packed
from kantoor.procedures.engine.compiling import Ready
from kantoor.procedures.engine.specs import Values

FORM = 1
"""The form of what is kept; a later one reads the earlier."""


class Token(msgspec.Struct, array_like=True):
    """One of the library's tasks: its place in the tree is that of its parent, by position."""

    id: bytes
    parent: int
    spec: str
    state: int
    triggered: bool
    changed: int
    inside: dict[str, Value]
    own: dict[str, Value]


class Tree(msgspec.Struct, array_like=True):
    """The tasks of a process or subprocess; `under` is the task that the subprocess is."""

    under: bytes
    spec: str
    done: bool
    last: bytes
    tokens: list[Token]


class Frozen(msgspec.Struct, array_like=True):
    """An instance at rest."""

    form: int
    trees: list[Tree]


class Gone:
    """What was passed in an earlier version, and is not in this one."""

    manual = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []


_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Frozen)


def frozen(workflow: Any) -> bytes:
    """The state of a workflow that waits, or has ended."""
    inner = list(workflow.subprocesses.items())
    trees = [_tree(workflow, b""), *(_tree(each, key.bytes) for key, each in inner)]
    return encoded(Frozen(FORM, trees))


def encoded(found: Frozen) -> bytes:
    """The bytes of an instance at rest."""
    return packed(_encoder.encode(found), 6)


def decoded(kept: bytes) -> Frozen:
    """An instance at rest from its bytes."""
    found = _decoder.decode(zlib.decompress(kept))
    assert found.form == FORM
    return found


def _tree(workflow: Any, under: bytes) -> Tree:
    at: dict[UUID, int] = {}
    tokens: list[Token] = []

    def walk(task: Any, parent: int) -> None:
        at[task.id] = len(tokens)
        tokens.append(
            Token(
                task.id.bytes,
                parent,
                task.task_spec.name,
                task.state,
                task.triggered,
                int(task.last_state_change),
                _inside(task.internal_data) if task.internal_data else {},
                marked(task.data) if task.data else {},
            )
        )
        here = at[task.id]
        for child in task.children:
            walk(child, here)

    walk(workflow.task_tree, -1)
    last = workflow.last_task.id.bytes if workflow.last_task is not None else b""
    return Tree(under, workflow.spec.name, bool(workflow.completed), last, tokens)


def _inside(data: dict[str, Any]) -> dict[str, Value]:
    return {name: marked(value) for name, value in data.items() if name != "seen_events"}


def thawed(kept: bytes, ready: Ready, values: dict[str, Value]) -> Any:
    """The workflow as it was frozen, ready to go on."""
    found = decoded(kept)
    workflow = BpmnWorkflow(
        ready.spec, ready.subprocess_specs, script_engine=Values(values), deserializing=True
    )
    trees = {tree.under: tree for tree in found.trees}
    _fill(workflow, trees[b""], workflow, trees)
    return workflow


def _fill(workflow: Any, tree: Tree, top: Any, trees: dict[bytes, Tree]) -> None:
    tasks: list[Any] = []
    for token in tree.tokens:
        spec = workflow.spec.task_specs.get(token.spec) or Gone(token.spec)
        task = Task(workflow, spec, state=token.state, id=UUID(bytes=token.id))
        if token.parent >= 0:
            task._parent = tasks[token.parent].id
            tasks[token.parent]._children.append(task.id)
        task.triggered, task.last_state_change = token.triggered, token.changed
        if token.inside:
            task.internal_data = unmarked(token.inside)
        if token.own:
            task.data = unmarked(token.own)
        workflow.tasks[task.id] = task
        tasks.append(task)
        if isinstance(spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            top.event_manager.add_task(task)
    workflow.task_tree = tasks[0]
    workflow.success, workflow.completed = True, tree.done
    workflow.last_task = workflow.tasks.get(UUID(bytes=tree.last)) if tree.last else None
    for task in tasks:
        if not isinstance(task.task_spec, SubWorkflowTask) or task.id.bytes not in trees:
            continue
        spec = top.subprocess_specs[task.task_spec.spec]
        inner = BpmnSubWorkflow(spec, task.id, top, deserializing=True)
        top.subprocesses[task.id] = inner
        inner.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
        _fill(inner, trees[task.id.bytes], top, trees)
