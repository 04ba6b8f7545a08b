"""Joins as BPMN 2.0 has them (13.4.1 and 13.4.3), also within loops.

The library's count what came in earlier rounds of a loop, and go on before all of this round came. Here
each token is taken once: what a join used for going on is not counted again.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, InclusiveGateway, ParallelGateway
from SpiffWorkflow.util.task import TaskState

TAKEN = "taken"
ACTIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


class _Taking:
    """Counts the tokens that wait at a join, and takes one of each flow when it goes on."""

    name: str
    inputs: list[Any]

    def _tokens(self, my_task: Any) -> dict[str, Any]:
        """What came and was not used yet, by what it came from; of each the first."""
        found: dict[str, Any] = {}
        for task in my_task.workflow.get_tasks(spec_name=self.name):
            came = task.parent is not None and task.parent.state == TaskState.COMPLETED
            if came and TAKEN not in task.internal_data:
                found.setdefault(task.parent.task_spec.name, task)
        return found

    def _goes_on(self, tokens: dict[str, Any], my_task: Any) -> bool:
        raise NotImplementedError

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        if TAKEN in my_task.internal_data:
            return True
        tokens = self._tokens(my_task)
        if not self._goes_on(tokens, my_task):
            return False
        for task in (*tokens.values(), my_task):
            task.internal_data[TAKEN] = True
        return True


class Join(_Taking, ParallelGateway):  # type: ignore[misc]
    """Goes on when a token came by every flow."""

    def _goes_on(self, tokens: dict[str, Any], my_task: Any) -> bool:
        return all(each.name in tokens for each in self.inputs)


class InclusiveJoin(_Taking, InclusiveGateway):  # type: ignore[misc]
    """Goes on when nothing that is still under way can come by a flow by which nothing came."""

    def _goes_on(self, tokens: dict[str, Any], my_task: Any) -> bool:
        missing = [each for each in self.inputs if each.name not in tokens]
        if not missing:
            return True
        there = {name for each in self.inputs if each.name in tokens for name in self._before(each)}
        coming = {name for each in missing for name in self._before(each)} - there
        return not any(_under_way(task, self) for task in my_task.workflow.get_tasks()
                       if task.task_spec.name in coming)  # fmt: skip

    def _before(self, spec: Any) -> set[str]:
        """All from which a token can come to an element, without passing this join."""
        known: dict[str, set[str]] = self.__dict__.setdefault("_reached_from", {})
        if spec.name not in known:
            seen, left = {spec.name}, [spec]
            while left:
                for before in left.pop().inputs:
                    if before is not self and before.name not in seen:
                        seen.add(before.name)
                        left.append(before)
            known[spec.name] = seen
        return known[spec.name]


def _under_way(task: Any, join: Any) -> bool:
    """Whether a token is there: an event beside an activity is none before it happens."""
    if task.task_spec is join:
        return False
    if task.has_state(ACTIVE):
        return not (isinstance(task.task_spec, BoundaryEvent) and task.state == TaskState.WAITING)
    expected = task.has_state(TaskState.FUTURE) and task.parent is not None
    return bool(expected and task.parent.state == TaskState.COMPLETED)
