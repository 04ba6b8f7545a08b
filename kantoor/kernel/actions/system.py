"""Acts of the installation itself: what no person asked for stands in the record as well."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from kantoor.kernel.actions import unit
from kantoor.kernel.actions.runner import request_digest
from kantoor.kernel.actions.unit import Act
from kantoor.kernel.actors.actor import INSTALLATION
from kantoor.kernel.record.append import append


@contextmanager
def system_act(action: str, about: str = "") -> Iterator[Act]:
    """Write rows as the installation, in a transaction and an act of their own.

    For housekeeping only (signing heads, noting layouts): work that somebody asks for is an
    action. Raises RecordDamaged.
    """
    act = Act(action, INSTALLATION, None, request_digest({}), about=about)
    with transaction.atomic(), unit.opened() as work:
        work.acts.append(act)
        work.stack.append(act)
        yield act
        work.stack.pop()
        append(work)
