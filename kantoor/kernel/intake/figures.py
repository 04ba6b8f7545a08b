"""What the door measures of itself: what was refused and not dealt with yet."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Value, figure
from kantoor.kernel.intake.models import REJECTED, IntakeEvent
from kantoor.kernel.intake.queries import READ
from kantoor.kernel.queries import scoped


def _refused(_days: Days) -> str:
    from kantoor.kernel.pages.inbox import inbox_url

    return f"{inbox_url()}?state=open"


@figure(
    name="kernel.refused",
    title=_("Refused at the door"),
    kind="number",
    of="now",
    permission=READ,
    better="lower",
    sources=_refused,
    meaning=_("Events of front offices that were refused and wait for somebody, now."),
)
def refused(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    after = IntakeEvent.objects.filter(replays=OuterRef("pk"))
    rows = scoped(actor, IntakeEvent).filter(state=REJECTED).exclude(Exists(after))
    count, today = rows.count(), timezone.localdate()
    return [count if each.holds(today) else None for each in spans]
