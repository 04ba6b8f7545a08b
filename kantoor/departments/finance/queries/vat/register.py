"""The VAT returns of a company: what was filed, and what is to be filed."""

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.models.vat import RETURN, VatReturn
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.vat.facts import chain_of, late_scopes, sums
from kantoor.departments.finance.queries.vat.regimes import Regimes
from kantoor.departments.finance.queries.vat.returns import (
    late_boxes,
    net_tax,
    next_period,
    pack_for,
    reckoned,
)
from kantoor.departments.finance.reference.vat.packs import pack_of
from kantoor.departments.finance.vat_periods import TaxPeriod, period_holding
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query

MOST_AHEAD = 24
"""So many periods that are over and not filed are named."""


class VatReturnRow(msgspec.Struct, frozen=True, kw_only=True):
    """A return: `state` is `filed`, `supplement`, `to_file`, `late` or `running`; minor units."""

    period: str
    state: str
    starts_on: date
    ends_on: date
    due_on: date | None
    filed_on: date | None
    payable: int
    reference: str
    entry: str


class Outstanding(msgspec.Struct, frozen=True, kw_only=True):
    """Corrections that are in no return yet: their tax, and whether a supplement is needed."""

    correction: int
    limit: int
    supplement: bool
    currency: str


@query(permission="finance.read_vat", title=_("VAT returns"), exposed=True)
def vat_returns(actor: Actor, /) -> list[VatReturnRow]:
    """What was filed and what is to be filed, the latest first.

    Nothing where Kantoor has no return for the country.
    """
    if pack_of(actor.country) is None:
        return []
    filed = chain_of(actor.company_id, "vat")
    numbers = entry_numbers([each.entry_id for each in filed if each.entry_id])
    rows = [_filed(each, numbers.get(each.entry_id or 0, "")) for each in filed]
    rows += [_open(actor, period, filed) for period in _ahead(actor, filed)]
    return rows[::-1]


@query(permission="finance.read_vat", title=_("Corrections of filed VAT"), exposed=True)
def vat_corrections(actor: Actor, /) -> Outstanding:
    """What was posted later in periods that were filed."""
    pack = pack_for(actor)
    filed = chain_of(actor.company_id, "vat")
    late = late_boxes(pack, filed, sums(actor, list(late_scopes(filed))))
    tax = sum(net_tax(pack, boxes) for boxes in late.values())
    return Outstanding(
        correction=tax,
        limit=pack.limit,
        supplement=abs(tax) > pack.limit,
        currency=actor.currency,
    )


def _ahead(actor: Actor, filed: list[VatReturn]) -> list[TaxPeriod]:
    """The periods behind what was filed, up to the one that is running."""
    regimes, today = Regimes(actor.company_id), today_of(actor)
    period = next_period(actor, filed)
    found = [period]
    while found[-1].ends_on < today and len(found) < MOST_AHEAD:
        first = found[-1].ends_on + DAY
        found.append(period_holding(first, regimes.on(first).rhythm))
    return found


def _filed(each: VatReturn, entry: str) -> VatReturnRow:
    return VatReturnRow(
        period=each.code,
        state="filed" if each.kind == RETURN else "supplement",
        starts_on=each.starts_on,
        ends_on=each.ends_on,
        due_on=None,
        filed_on=each.filed_on,
        payable=each.payable,
        reference=each.reference,
        entry=entry,
    )


def _open(actor: Actor, period: TaxPeriod, filed: list[VatReturn]) -> VatReturnRow:
    found = reckoned(actor, period, filed)
    today = today_of(actor)
    state = "running" if period.ends_on >= today else "to_file"
    return VatReturnRow(
        period=period.code,
        state="late" if period.due_on < today else state,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        filed_on=None,
        payable=found.pack.payable(found.declared),
        reference="",
        entry="",
    )
