"""Read figures by month, so that trends need not be reckoned anew: kept once, and again where
a month turns out to be otherwise.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.figures import Days, Figure, figures_for, measured, months_until
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.store.lookup import fetch
from kantoor.management.models import Reading
from kantoor.management.queries.figures import seen_figure
from kantoor.management.queries.history import latest_readings, value_of

MANAGE = "management.manage_dashboards"
PAST = 25
MOST = 120
LARGEST = 2**63


@action(permission=MANAGE, title=_("Read figures again"))
def read_figures(actor: Actor, /, *, figure: str = "", months: int = PAST) -> int:
    """Ask what figures were in the past months, and keep what is new; gives how many readings.

    One figure, or all that one may see. What was read before stays on record. Raises NotFound,
    InvalidInput.
    """
    if not 1 <= months <= MOST:
        message = _("Give a number from {least} to {most}.").format(least=1, most=MOST)
        raise InvalidInput(message, field="months")
    wanted = [seen_figure(actor, figure, "figure")] if figure else list(figures_for(actor))
    today = timezone.localdate()
    spans = months_until(today, months)
    kept = latest_readings(actor.company_id, [each.name for each in wanted], spans[0].first)
    fresh = [row for each in wanted for row in _fresh(actor, each, spans, kept, today)]
    Reading.objects.bulk_create(fresh)
    return len(fresh)


def _fresh(
    actor: Actor,
    figure: Figure,
    spans: list[Days],
    kept: Mapping[tuple[str, date], Reading],
    today: date,
) -> list[Reading]:
    """The readings that differ from the last ones: of months that are over, or of now."""
    asked = spans[-1:] if figure.of == "now" else [each for each in spans if each.last < today]
    now, fresh = timezone.now(), []
    for days, value in zip(asked, measured(actor, figure.name, asked), strict=True):
        before = kept.get((figure.name, days.first))
        if before is not None and value_of(before) == value:
            continue
        exact = None if value is None else _in_reach(Fraction(value))
        fresh.append(
            Reading(
                company_id=actor.company_id, figure=figure.name, month=days.first, taken_at=now,
                numerator=None if exact is None else exact.numerator,
                denominator=1 if exact is None else exact.denominator,
            )
        )  # fmt: skip
    return fresh


def _in_reach(value: Fraction) -> Fraction:
    """A fraction that columns hold: exact, but where it takes more than 63 bits."""
    if abs(value.numerator) < LARGEST and value.denominator < LARGEST:
        return value
    return value.limit_denominator(10**9)


_seen: dict[str, object] = {}


def record_grew() -> bool:
    """Whether anything was done since this process looked last, or another day began."""
    now = (fetch("SELECT size FROM kernel_head WHERE id = 1"), timezone.localdate())
    grew = _seen.get("last") != now
    _seen["last"] = now
    return grew


@every(minutes=360, when=record_grew)
@job(title=_("Read figures"))
def read_figures_of_all(work: Work, /) -> int:
    """Read the figures of every company; gives how many readings are new."""
    companies = list(Company.objects.order_by("pk"))
    fresh = 0
    for place, company in enumerate(companies):
        fresh += read_figures(console_actor(company))
        work.progress(place + 1, len(companies))
    return fresh
