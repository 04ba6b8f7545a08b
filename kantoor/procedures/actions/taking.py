"""What is asked of the database to move instances on: one trip locks them and brings all they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.asking import Question
from kantoor.kernel.store.loading import objects_of_keys
from kantoor.kernel.store.lookup import by_keys
from kantoor.kernel.store.raw import on_postgres
from kantoor.procedures.models import Instance, Task, Wait
from kantoor.procedures.models.tasks import OPEN
from kantoor.procedures.queries.drawings import DIGEST

THESE = "({})"
OF_TASKS = "(SELECT instance_id FROM procedures_task WHERE company_id = %s AND id IN ({}))"
ROLES = "SELECT code, id FROM kernel_role"


@dataclass(frozen=True)
class Taking:
    """Instances that are meant: by their own keys, or by those of tasks of theirs.

    What they have is asked after the instances are locked, so that it is as who moved them before
    left it: PostgreSQL looks anew at each statement, also of those that are sent together.
    """

    actor: Actor
    keys: Sequence[int]
    by_tasks: bool = False

    @property
    def questions(self) -> list[Question[Any]]:
        """The instances, the digests of their drawings by version, open tasks, waits; all roles."""
        company = self.actor.company_id
        among, fixed = (OF_TASKS, [company]) if self.by_tasks else (THESE, [])
        # In the order of their keys, so that two who move at once never wait in a circle.
        lock = " FOR UPDATE" if on_postgres() else ""
        # By their keys: SQLite would rather go through all instances of the company (hence the plus).
        locking = f"+company_id = %s AND id IN {among} ORDER BY id{lock}"
        versions = f"(SELECT version_id FROM procedures_instance WHERE id IN {among})"  # noqa: S608
        return [
            objects_of_keys(Instance, locking, [company, *fixed], self.keys),
            by_keys(f"{DIGEST}{versions}", fixed, self.keys),
            objects_of_keys(Task, f"state = %s AND instance_id IN {among}", [OPEN, *fixed], self.keys),
            objects_of_keys(Wait, f"instance_id IN {among}", fixed, self.keys),
            Question(ROLES, [], dict),
        ]  # fmt: skip
