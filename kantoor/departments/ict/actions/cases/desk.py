"""Arrange the service desk: services, queues, and who works in them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import (
    colleagues_by_sign_in,
    queues_by_code,
)
from kantoor.departments.ict.errors import KnownAlready, UnknownPerson, UnknownQueue
from kantoor.departments.ict.models import Queue, QueueMember, Service
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

MANAGE = "ict.manage_desk"
LEAST_CRITICAL = 4


@action(permission=MANAGE, title=_("Add a service"))
def add_service(
    actor: Actor, /, *, code: str, name: str, owner: str = "", department: str = "",
    criticality: int = 3,
) -> str:  # fmt: skip
    """Add a service that people ask about; gives its code.

    `criticality` is 1 (the company stands still without it) to 4. Raises KnownAlready.
    """
    code = _checked(actor, Service, code, name)
    if not 1 <= criticality <= LEAST_CRITICAL:
        raise InvalidInput(_("Choose from 1 (vital) to 4."), field="criticality")
    people = colleagues_by_sign_in(actor, [owner], field="owner")
    service = Service.objects.create(
        company_id=actor.company_id,
        code=code,
        name=name.strip(),
        owner_id=people.get(owner),
        department=department,
        criticality=criticality,
    )
    concerns(f"ict.service/{service.pk}")
    return code


@action(permission=MANAGE, title=_("Add a queue"))
def add_queue(actor: Actor, /, *, code: str, name: str, members: Sequence[str] = ()) -> str:
    """Add a queue with those who work in it; gives its code. Raises KnownAlready."""
    code = _checked(actor, Queue, code, name)
    people = colleagues_by_sign_in(actor, members, field="members")
    queue = Queue.objects.create(company_id=actor.company_id, code=code, name=name.strip())
    QueueMember.objects.bulk_create(
        [QueueMember(queue=queue, user_id=key) for key in people.values()]
    )
    concerns(f"ict.queue/{queue.pk}")
    return code


@action(permission=MANAGE, title=_("Let somebody work in a queue"))
def join_queue(actor: Actor, /, *, queue: str, member: str, skills: str = "") -> None:
    """Let somebody work in a queue, or change what they can do especially (words, by commas)."""
    queue_id = queues_by_code(actor, [queue]).get(queue)
    user_id = colleagues_by_sign_in(actor, [member], field="member").get(member)
    if queue_id is None or user_id is None:
        raise InvalidInput(_("Choose a queue and a colleague."), field="queue")
    row = QueueMember.objects.filter(queue_id=queue_id, user_id=user_id).first()
    row = row or QueueMember(queue_id=queue_id, user_id=user_id)
    row.skills, row.active = skills.strip().lower(), True
    row.save()
    concerns(f"ict.queue/{queue_id}")


@action(permission=MANAGE, title=_("Set how a queue works"))
def set_queue(actor: Actor, /, *, queue: str, lead: str = "", by_load: bool = False) -> None:
    """Say who leads a queue (and hears of deadlines that passed), and whether it gives out itself.

    With `by_load` what comes into it goes to who has the skill and the fewest cases in hand.
    """
    row = scoped(actor, Queue).filter(code=queue, active=True).first()
    if row is None:
        message = _("There is no queue “{code}”.").format(code=queue[:40])
        raise UnknownQueue(message, field="queue")
    row.lead_id = colleagues_by_sign_in(actor, [lead], field="lead").get(lead)
    row.by_load = by_load
    row.save()
    concerns(f"ict.queue/{row.pk}")


@action(permission=MANAGE, title=_("Let somebody leave a queue"))
def leave_queue(actor: Actor, /, *, queue: str, member: str) -> None:
    """Somebody no longer works in a queue; what they have stays theirs."""
    rows = QueueMember.objects.filter(
        queue__company_id=actor.company_id, queue__code=queue, user__sign_in=member, active=True
    )
    row = rows.first()
    if row is None:
        raise UnknownPerson(_("They do not work in this queue."), field="member")
    row.active = False
    row.save()
    concerns(f"ict.queue/{row.queue_id}")


def _checked(actor: Actor, model: type[Service | Queue], code: str, name: str) -> str:
    code = code.strip()
    if not code or not name.strip():
        raise InvalidInput(_("Give a code and a name."), field="name" if code else "code")
    if scoped(actor, model).filter(code=code).exists():
        message = _("There is a “{code}” already.").format(code=code)
        raise KnownAlready(message, field="code")
    return code
