"""Moving an instance to another version: its tokens stand in the new diagram where they stood in the old.

What has been passed stays as it was passed, also where the new version no longer has it. A token
that stands at something the new version does not have needs a decision: to which element it goes.
Boundary events that a new version adds to an activity are waited for from then on; those it takes
away are not waited for any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from kantoor.procedures.engine.compiling import Ready
from kantoor.procedures.engine.frozen import Frozen, Token, Tree, decoded, encoded
from kantoor.procedures.engine.running import PEOPLES
from kantoor.procedures.engine.specs import Work

SPLIT = ".BoundaryEventSplit"


@dataclass(eq=False)
class Moved:
    """What an instance becomes: `kept` when it can move, else the elements that need a decision."""

    kept: bytes = b""
    undecided: list[str] = field(default_factory=list)


def moved(kept: bytes, old: Ready, new: Ready, decisions: Mapping[str, str]) -> Moved:
    """The state of an instance by a new version.

    `decisions` say for elements of the old version at which of the new their tokens go on.
    """
    found = decoded(kept)
    answer = Moved()
    trees = []
    for tree in found.trees:
        spec = new.spec if not tree.under else new.subprocess_specs.get(tree.spec)
        if spec is None:
            if not tree.done:
                answer.undecided.append(tree.spec)
            continue
        trees.append(_Tree(tree, spec, old, new, decisions, answer).moved())
    for tree in trees:
        spec = new.spec if not tree.under else new.subprocess_specs[tree.spec]
        answer.undecided += stranded(tree, spec)
    if not answer.undecided:
        for tree in trees:
            _add_missing(tree, new.spec if not tree.under else new.subprocess_specs[tree.spec])
        answer.kept = encoded(Frozen(found.form, trees))
    return answer


@dataclass(eq=False)
class _Tree:
    """One process or subprocess on its way to the new version."""

    tree: Tree
    spec: Any
    old: Ready
    new: Ready
    decisions: Mapping[str, str]
    answer: Moved
    tokens: list[Token] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)

    def moved(self) -> Tree:
        """The tree by the new version, without what was only expected."""
        for position, token in enumerate(self.tree.tokens):
            if token.parent >= 0 and token.parent not in self.at:
                continue  # below something that was left out
            if token.state & (TaskState.PREDICTED_MASK | TaskState.FUTURE):
                continue
            if token.state & TaskState.FINISHED_MASK:
                self._keep(position, token, token.spec, token.id)
            else:
                self._standing(position, token)
        return Tree(self.tree.under, self.tree.spec, self.tree.done, self.tree.last, self.tokens)

    def _keep(self, position: int, token: Token, spec: str, key: bytes) -> None:
        parent = self.at.get(token.parent, -1)
        self.at[position] = len(self.tokens)
        self.tokens.append(
            Token(
                key,
                parent,
                spec,
                token.state,
                token.triggered,
                token.changed,
                token.inside,
                token.own,
            )
        )

    def _standing(self, position: int, token: Token) -> None:
        """A token that stands somewhere: at the same element, or where it was decided."""
        decided = self.decisions.get(token.spec)
        name = decided or token.spec
        there = self.spec.task_specs.get(name)
        before = self.old.element(token.spec)
        if before is not None and before.tag == "boundaryEvent" and there is None:
            return  # no longer waited for
        if there is None or not self._alike(token, there):
            self.answer.undecided.append(token.spec)
            return
        if self._lacks_split(name, token):
            self._split(position, token, name)
        else:
            self._keep(position, token, name, uuid4().bytes if decided else token.id)
            if name.endswith(SPLIT):
                return
        if decided:
            self._become(there)

    def _alike(self, token: Token, there: Any) -> bool:
        """Whether a token can stand there as it stands: ready for work, or waiting for an event."""
        if token.state == TaskState.READY:
            before, after = self.old.element(token.spec), self.new.element(there.name)
            if not isinstance(there, Work) or before is None or after is None:
                return not isinstance(there, Work) and before is None and after is None
            return (before.tag in PEOPLES) == (after.tag in PEOPLES)
        if token.state == TaskState.STARTED:
            return isinstance(there, SubWorkflowTask) or there.name == token.spec
        return isinstance(there, CatchingEvent) or there.name == token.spec

    def _become(self, there: Any) -> None:
        """What was decided begins anew at its place."""
        last = self.tokens[-1]
        last.inside, last.own = {}, {}
        last.state = TaskState.READY if isinstance(there, Work) else TaskState.WAITING

    def _lacks_split(self, name: str, token: Token) -> bool:
        """Whether the new version has boundary events on an activity that had none."""
        wanted = f"{name}{SPLIT}"
        if wanted not in self.spec.task_specs or name.endswith(SPLIT):
            return False
        parent = self.tree.tokens[token.parent] if token.parent >= 0 else None
        return parent is None or parent.spec != wanted

    def _split(self, position: int, token: Token, name: str) -> None:
        """Put an activity below the split from which its new boundary events wait."""
        split = self.spec.task_specs[f"{name}{SPLIT}"]
        above = Token(
            uuid4().bytes, self.at.get(token.parent, -1), split.name, TaskState.COMPLETED, False,
            token.changed, {}, {},
        )  # fmt: skip
        self.tokens.append(above)
        here = len(self.tokens) - 1
        self.at[position] = len(self.tokens)
        key = token.id if name == token.spec else uuid4().bytes
        self.tokens.append(
            Token(
                key,
                here,
                name,
                token.state,
                token.triggered,
                token.changed,
                token.inside,
                token.own,
            )
        )
        for spec in split.outputs:
            if isinstance(spec, BoundaryEvent):
                self.tokens.append(
                    Token(
                        uuid4().bytes,
                        here,
                        spec.name,
                        TaskState.WAITING,
                        False,
                        token.changed,
                        {},
                        {},
                    )
                )


def stranded(tree: Tree, spec: Any) -> list[str]:
    """Where tokens stand that would wait for ever: at a join, for a branch in which none stands."""
    standing = {token.spec for token in tree.tokens if not token.state & TaskState.FINISHED_MASK}
    passed = {token.spec for token in tree.tokens if token.state & TaskState.COMPLETED}
    ahead = {name: _ahead(spec, name) for name in standing if name in spec.task_specs}
    found: set[str] = set()
    for join in spec.task_specs.values():
        if not isinstance(join, ParallelGateway) or len(join.inputs) < 2:
            continue
        coming = {name for name, reached in ahead.items() if join.name in reached}
        if not coming:
            continue
        for branch in join.inputs:
            reached = any(branch.name == name or branch.name in ahead[name] for name in coming)
            if not reached and branch.name not in passed:
                found |= coming - {join.name}
    return sorted(found)


def _ahead(spec: Any, name: str) -> set[str]:
    """All that may come after an element."""
    seen: set[str] = set()
    left = [spec.task_specs[name]]
    while left:
        for output in left.pop().outputs:
            if output.name not in seen:
                seen.add(output.name)
                left.append(output)
    return seen


def _add_missing(tree: Tree, spec: Any) -> None:
    """Let activities wait for boundary events that the new version adds to those they had."""
    for position, token in enumerate(list(tree.tokens)):
        if not token.spec.endswith(SPLIT) or token.spec not in spec.task_specs:
            continue
        children = [each for each in tree.tokens if each.parent == position]
        main = spec.task_specs.get(token.spec.removesuffix(SPLIT))
        if main is None or not any(
            each.spec == main.name and not each.state & TaskState.FINISHED_MASK for each in children
        ):
            continue
        there = {each.spec for each in children}
        for output in spec.task_specs[token.spec].outputs:
            if isinstance(output, BoundaryEvent) and output.name not in there:
                tree.tokens.append(
                    Token(
                        uuid4().bytes,
                        position,
                        output.name,
                        TaskState.WAITING,
                        False,
                        token.changed,
                        {},
                        {},
                    )
                )


def expect(workflow: Any) -> None:
    """Let the library expect again what may come after where the tokens stand."""
    for each in (workflow, *workflow.subprocesses.values()):
        standing = [
            task
            for task in each.tasks.values()
            if task.has_state(TaskState.READY | TaskState.WAITING | TaskState.STARTED)
        ]
        for task in standing:
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
