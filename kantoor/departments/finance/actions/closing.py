"""Close periods, softly or hard, and reopen them."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import LONGEST_TEXT
from kantoor.departments.finance.drafts_books import PeriodState
from kantoor.departments.finance.events import PeriodClosed
from kantoor.departments.finance.models import Period
from kantoor.departments.finance.queries.calendar import period_keys
from kantoor.departments.finance.queries.closing.closed_years import live_closes
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotFound, Refusals
from kantoor.kernel.store.lookup import fetch


@action(permission="finance.close_period", title=_("Close periods"), bulk_of="finance.close_period")
def close_periods(
    actor: Actor, /, *, periods: Sequence[str], how: Literal["soft", "hard"]
) -> list[PeriodState]:
    """Close periods (`2011-03`), all or none.

    After a soft close only who may post in softly closed periods still can; after a hard close
    nobody can. Raises NotFound for a period that is not there, Conflict for one that is closed
    so already; several at once as Refusals.
    """
    found = _locked(actor, periods)
    errors: list[DomainError] = []
    for name, period in found.items():
        if period.state == how or period.state == "hard":
            message = _("Period {period} is closed already.").format(period=name)
            errors.append(Conflict(message, field="periods"))
        period.state = how
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors)
    Period.objects.bulk_update(list(found.values()), ["state"])
    for name in found:
        publish(PeriodClosed(actor.company_id, name, how))
    return [PeriodState(name, how) for name in found]


@action(permission="finance.close_period", title=_("Close a period"))
def close_period(actor: Actor, /, *, period: str, how: Literal["soft", "hard"]) -> PeriodState:
    """Close one period. Raises what `close_periods` raises."""
    return close_periods(actor, periods=[period], how=how)[0]


def hard_closed(actor: Actor, parameters: Mapping[str, Any]) -> str | None:
    """Why a second person must approve: what was closed hard was reported on."""
    name = parameters["period"]
    key = period_keys(actor.company_id).get(name)
    if key is None or Period.objects.get(pk=key).state != "hard":
        return None
    return _("Period {period} was closed hard.").format(period=name)


@action(permission="finance.reopen_period", title=_("Reopen a period"), second_pair=hard_closed)
def reopen_period(actor: Actor, /, *, period: str, why: str) -> PeriodState:
    """Open a closed period again; one that was closed hard only with a second pair of eyes.

    Raises NotFound for a period that is not there, Conflict for one that is open, InvalidInput
    without a reason.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = _locked(actor, [period])[period]
    if found.year_id in live_closes(actor.company_id):
        words = _("The fiscal year of {period} is closed; reopen the year first.")
        raise Conflict(words.format(period=period), field="period")
    if found.state == "open":
        message = _("Period {period} is open already.").format(period=period)
        raise Conflict(message, field="period")
    found.state, found.remark = "open", why.strip()[:LONGEST_TEXT]
    found.save()
    publish(PeriodClosed(actor.company_id, period, "open"))
    return PeriodState(period, "open")


def _locked(actor: Actor, names: Sequence[str]) -> dict[str, Period]:
    """The periods by name; who posts in one waits for us, and we for who does so now."""
    known = period_keys(actor.company_id)
    if missing := [name for name in names if name not in known]:
        message = _("There is no period {period}.").format(period=", ".join(missing[:5]))
        raise NotFound(message, field="period")
    keys = sorted({known[name] for name in names})
    if keys and connection.vendor == "postgresql":
        slots = ", ".join(["%s"] * len(keys))
        fetch(f"SELECT id FROM finance_period WHERE id IN ({slots}) FOR UPDATE", keys)  # noqa: S608
    rows = {period.pk: period for period in Period.objects.filter(pk__in=keys)}
    return {name: rows[known[name]] for name in names}
