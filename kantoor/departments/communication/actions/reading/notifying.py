"""Tell exactly who is affected by a failure, and ask them to say that they know."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.agreeing import ask_item_approval
from kantoor.departments.communication.actions.items.placing import place_item, schedule_item
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.department import PUBLISH_ITEMS, WRITE_ITEMS
from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft
from kantoor.departments.communication.drafts_reading import NoticeDraft
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import Audience, AudiencePart, IncidentNotice, Item
from kantoor.departments.communication.queries.audiences.careless import refuse_careless
from kantoor.departments.communication.queries.audiences.resolving import parties_of
from kantoor.departments.communication.queries.reading.affected import whom
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import caused_by, concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.affected import Affected
from kantoor.kernel.queries import scoped

DAYS = 1
"""A crisis notice is to be confirmed within the hour; it says so nowhere else."""
SOON = timedelta(seconds=1)


@action(permission=WRITE_ITEMS, title=_("Tell who is affected"))
def notify_affected(actor: Actor, /, *, notice: NoticeDraft, confirmed: int | None = None) -> str:
    """Write a crisis notice to exactly those whom a failure concerns; gives the item's code.

    They get it by mail and on the intranet, and are asked to say that they know. It goes out at once
    when the actor may publish, and else as soon as somebody approves it. Where that is everybody,
    or nobody who has an address, `confirmed` says how many. Raises UnknownAudience where it is not
    known whom the thing concerns, NotReady where that is nobody, Careless, NotAllowed.
    """
    found = whom(actor, notice.about)
    audience = _audience(actor, found)
    if not parties_of(actor, audience).exists():
        nobody = _("As far as is known nobody is affected by {name}; see what depends on it.")
        raise NotReady(nobody.format(name=found.name), field="about")
    refuse_careless(actor, audience, confirmed=confirmed, must=True)
    code = write_item(
        actor,
        item=ItemDraft(
            kind="crisis", title=notice.title, body=notice.body, language=notice.language
        ),
    )  # fmt: skip
    place_item(
        actor,
        places=PlacesDraft(item=code, audience=audience.code, must_read=True, read_days=DAYS),
    )
    item = scoped(actor, Item).get(code=code)
    IncidentNotice.objects.create(
        company_id=actor.company_id, item=item, about=notice.about, at=timezone.now(),
        user_id=actor.user_id,
    )  # fmt: skip
    if actor.may(PUBLISH_ITEMS):
        publish_item(actor, item=code)
    else:
        schedule_item(actor, item=code, publish_at=timezone.now() + SOON)
        ask_item_approval(actor, item=code)
    concerns(f"communication.item/{item.pk}")
    caused_by(notice.about)
    return code


def _audience(actor: Actor, found: Affected) -> Audience:
    """An audience of its own for the notice, so that who is affected later is reached too."""
    now = timezone.now()
    number = scoped(actor, Audience).filter(code__startswith="affected-").count() + 1
    audience = Audience.objects.create(
        company_id=actor.company_id, code=f"affected-{number}-{now:%Y%m%d%H%M%S}",
        name=gettext("Affected by {name}").format(name=found.name)[:120], changed_at=now,
    )  # fmt: skip
    AudiencePart.objects.bulk_create(
        AudiencePart(audience=audience, kind=kind, value=value)
        for kind, value in dict.fromkeys(found.parts)
    )
    return audience
