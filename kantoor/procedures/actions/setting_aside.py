"""Setting aside what goes wrong in one instance, so that it stops no other: it stands still and says why."""

import logging

from django.db import OperationalError
from django.utils import timezone

from kantoor.kernel.errors import DomainError
from kantoor.procedures.actions.noting import TRY_AGAIN
from kantoor.procedures.actions.performing import SOMETHING_WRONG
from kantoor.procedures.models import Instance, Wait
from kantoor.procedures.models.instances import RUNNING, STUCK

log = logging.getLogger(__name__)


def set_aside(wait: int, fault: Exception) -> None:
    """Note at a wait why it could not be dealt with, as part of an action.

    What comes by its time is tried again as often as what failed; a fault of our own is logged, and one
    of the database, which may be another's sake, is raised for the whole to be tried again.
    """
    if isinstance(fault, OperationalError):
        raise fault
    found = Wait.objects.filter(pk=wait).first()
    if found is None:
        return
    log.error("instance %s at %s", found.instance_id, found.element, exc_info=fault)
    why = str(fault) if isinstance(fault, DomainError) else str(SOMETHING_WRONG)
    instance = Instance.objects.select_for_update().get(pk=found.instance_id)
    found.why, found.tries = why[:500], found.tries + 1
    if found.due_at is not None:
        more = found.tries < len(TRY_AGAIN)
        found.due_at = timezone.now() + TRY_AGAIN[found.tries] if more else None
    found.save()
    if instance.state == RUNNING:
        instance.state, instance.changed_at = STUCK, timezone.now()
        instance.save()
