"""Finding tokens by their state, without walking a whole tree for the one that there mostly is."""

from typing import Any


def tokens_in(workflow: Any, state: int) -> list[Any]:
    """The tokens of a workflow in a state, in the order of the tree.

    The library walks all that was passed and all that is expected after. Its order only matters
    where there are several, and its way into subprocesses where there are any.
    """
    if not workflow.top_workflow.subprocesses:
        found = [task for task in workflow.tasks.values() if task.has_state(state)]
        if len(found) < 2:
            return found
    tasks: list[Any] = workflow.get_tasks(state=state)
    return tasks
