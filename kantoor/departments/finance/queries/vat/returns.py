"""The VAT return of a period: its boxes, the corrections in it, and whether it was filed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import NoVatReturn
from kantoor.departments.finance.models.vat import RETURN, VatFigure, VatReturn
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.vat.facts import (
    CodeSum,
    chain_of,
    follows,
    late_scopes,
    own_scope,
    sums,
)
from kantoor.departments.finance.queries.vat.regimes import Regimes
from kantoor.departments.finance.reference.vat.packs import Amounts, Box, Pack, Sum, pack_of
from kantoor.departments.finance.vat_periods import TaxPeriod, period_coded, period_holding
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query


class BoxRow(msgspec.Struct, frozen=True, kw_only=True):
    """A box: as declared, and to the minor unit; None where the form has no such figure."""

    box: str
    section: str
    name: str
    base: int | None
    tax: int | None
    exact_base: int | None
    exact_tax: int | None


class CorrectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What came later for a box of a period that was filed, in minor units."""

    period: str
    box: str
    name: str
    base: int
    tax: int


class VatReturnCard(msgspec.Struct, frozen=True, kw_only=True):
    """A return, amounts in minor units of `currency`; `payable` below zero comes back.

    `state`: `open`, `filed`, or `supplement` for one filed in between. `corrections` are in the boxes
    when `carried`; when not, they are more than `limit` and need a supplement before this is filed.
    `correction` is their tax together. `entry` booked it, `reference` goes with the payment.
    """

    period: str
    country: str
    currency: str
    starts_on: date
    ends_on: date
    due_on: date
    state: str
    filed_on: date | None
    boxes: list[BoxRow]
    corrections: list[CorrectionRow]
    correction: int
    carried: bool
    limit: int
    payable: int
    rounding: int
    reference: str
    entry: str


class Reckoned(NamedTuple):
    """A return as filing needs it: exact figures by period, and what is declared."""

    period: TaxPeriod
    pack: Pack
    own: dict[str, Amounts]
    late: dict[str, dict[str, Amounts]]
    """By the code of the period that the corrections are of."""
    carried: bool
    declared: dict[str, Amounts]
    sums: Sequence[CodeSum]
    """What it is made of, by tax code."""

    @property
    def correction(self) -> int:
        """The tax of all corrections together."""
        return sum(net_tax(self.pack, each) for each in self.late.values())

    @property
    def exact(self) -> dict[str, Amounts]:
        """The boxes to the minor unit, with the corrections that are carried."""
        return merged([self.own, *(self.late.values() if self.carried else ())])


def pack_for(actor: Actor) -> Pack:
    """The return of the company's country; raises NoVatReturn."""
    found = pack_of(actor.country)
    if found is None:
        message = _("Kantoor has no VAT return for {country} yet.").format(country=actor.country)
        raise NoVatReturn(message, field="country")
    return found


def merged(parts: Iterable[Mapping[str, Amounts]]) -> dict[str, Amounts]:
    """The sums of boxes."""
    found: dict[str, Amounts] = {}
    for part in parts:
        for key, amounts in part.items():
            had = found.get(key, Amounts(0, 0))
            found[key] = Amounts(had.base + amounts.base, had.tax + amounts.tax)
    return found


def net_tax(pack: Pack, boxes: Mapping[str, Amounts]) -> int:
    """Tax owed less input tax."""
    return sum(-each.tax if pack.box(key).input else each.tax for key, each in boxes.items())


def boxes_of(pack: Pack, found: Iterable[CodeSum]) -> dict[str, Amounts]:
    """The boxes of facts."""
    return pack.exact(
        Sum(each.use, each.ground, each.base, each.tax, each.deductible) for each in found
    )


def late_boxes(
    pack: Pack, filed: Sequence[VatReturn], found: Iterable[CodeSum]
) -> dict[str, dict[str, Amounts]]:
    """The boxes of corrections, by the period that was filed."""
    by_period: dict[str, list[CodeSum]] = {}
    for each in found:
        by_period.setdefault(filed_period(filed, each.month), []).append(each)
    boxes = {code: boxes_of(pack, some) for code, some in sorted(by_period.items())}
    return {code: some for code, some in boxes.items() if any(a != (0, 0) for a in some.values())}


def filed_period(filed: Sequence[VatReturn], month: str) -> str:
    """The code of the filed return that a month is in."""
    day = date.fromisoformat(f"{month}-01")
    return next(
        each.code for each in filed if each.kind == RETURN and each.starts_on <= day <= each.ends_on
    )


def reckoned(
    actor: Actor,
    period: TaxPeriod,
    filed: Sequence[VatReturn],
    said: Mapping[str, int] | None = None,
) -> Reckoned:
    """The return of a period that is not filed, from the facts there are now."""
    pack = pack_for(actor)
    own = sums(actor, [own_scope(period.starts_on, period.ends_on)])
    late = sums(actor, list(late_scopes(filed))) if follows(filed, period.starts_on) else []
    corrections = late_boxes(pack, filed, late)
    tax = sum(net_tax(pack, each) for each in corrections.values())
    carried = abs(tax) <= pack.limit
    boxes = boxes_of(pack, own)
    exact = merged([boxes, *(corrections.values() if carried else ())])
    return Reckoned(
        period=period,
        pack=pack,
        own=boxes,
        late=corrections,
        carried=carried,
        declared=pack.declared(exact, said),
        sums=[*own, *(late if carried else ())],
    )


@query(permission="finance.read_vat", title=_("VAT return"), exposed=True)
def vat_return(actor: Actor, /, *, period: str = "") -> VatReturnCard:
    """The VAT return of a period (`2024-Q1`), filed or as it would be now; else the next to file.

    What was filed shows the figures it was filed with, whatever was posted since. Raises
    NoVatReturn, InvalidInput, and NotFound for a supplement that is not there.
    """
    pack = pack_for(actor)
    filed = chain_of(actor.company_id, "vat")
    kept = next((each for each in filed if each.code == period), None)
    if kept is not None:
        return _filed(actor, pack, kept)
    if "/" in period:
        raise NotFound(_("There is no such supplement."), field="period")
    wanted = period_coded(period) if period else next_period(actor, filed)
    return _open(actor, reckoned(actor, wanted, filed))


def next_period(actor: Actor, filed: Sequence[VatReturn]) -> TaxPeriod:
    """The period to file next: behind the last filed, or the one of the last full month."""
    regimes = Regimes(actor.company_id)
    if filed:
        first = date.fromordinal(filed[-1].ends_on.toordinal() + 1)
        return period_holding(first, regimes.on(first).rhythm)
    today = today_of(actor)
    before = date.fromordinal(today.replace(day=1).toordinal() - 1)
    return period_holding(before, regimes.on(before).rhythm)


def _open(actor: Actor, found: Reckoned) -> VatReturnCard:
    exact, declared, pack = found.exact, found.declared, found.pack
    return _card(
        actor, pack, found.period, exact, declared, found.late,
        state="open", filed_on=None, correction=found.correction, carried=found.carried,
        payable=pack.payable(declared), rounding=net_tax(pack, exact) - pack.payable(declared),
        reference="", entry="",
    )  # fmt: skip


def _filed(actor: Actor, pack: Pack, kept: VatReturn) -> VatReturnCard:
    parts: dict[str, dict[str, Amounts]] = {}
    declared: dict[str, Amounts] = {}
    chain = chain_of(actor.company_id, "vat")
    for each in VatFigure.objects.filter(vat_return=kept).order_by("id"):
        amounts = Amounts(each.base, each.tax)
        if each.period is None:
            declared[each.box] = amounts
        else:
            code = filed_period(chain, each.period.isoformat()[:7])
            parts.setdefault(code, {})[each.box] = amounts
    late = {code: boxes for code, boxes in parts.items() if code != kept.code}
    booked = entry_numbers([kept.entry_id]) if kept.entry_id else {}
    rhythm = period_coded(kept.code.partition("/")[0]).rhythm
    return _card(
        actor,
        pack,
        TaxPeriod(kept.code, rhythm, kept.starts_on, kept.ends_on),
        merged(parts.values()),
        declared,
        late,
        state="filed" if kept.kind == RETURN else "supplement",
        filed_on=kept.filed_on,
        correction=sum(net_tax(pack, boxes) for boxes in late.values()),
        carried=True,
        payable=kept.payable,
        rounding=kept.rounding,
        reference=kept.reference,
        entry=booked.get(kept.entry_id or 0, ""),
    )


def _box_row(box: Box, declared: Amounts, exact: Amounts, language: str) -> BoxRow:
    reckoned = box.tax and not (box.total or box.said)
    return BoxRow(
        box=box.key,
        section=box.section,
        name=box.name.in_language(language),
        base=declared.base if box.base else None,
        tax=declared.tax if box.tax else None,
        exact_base=exact.base if box.base else None,
        exact_tax=exact.tax if reckoned else None,
    )


def _card(
    actor: Actor,
    pack: Pack,
    period: TaxPeriod,
    exact: Mapping[str, Amounts],
    declared: Mapping[str, Amounts],
    late: Mapping[str, Mapping[str, Amounts]],
    *,
    state: str,
    filed_on: date | None,
    correction: int,
    carried: bool,
    payable: int,
    rounding: int,
    reference: str,
    entry: str,
) -> VatReturnCard:
    language = actor.language
    nothing = Amounts(0, 0)
    return VatReturnCard(
        period=period.code,
        country=pack.country,
        currency=actor.currency,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        state=state,
        filed_on=filed_on,
        boxes=[
            _box_row(box, declared[box.key], exact.get(box.key, nothing), language)
            for box in pack.shown(period.ends_on)
        ],
        corrections=[
            CorrectionRow(
                period=code,
                box=key,
                name=pack.box(key).name.in_language(language),
                base=amounts.base,
                tax=amounts.tax,
            )
            for code, some in sorted(late.items())
            for key, amounts in sorted(some.items())
        ],
        correction=correction,
        carried=carried,
        limit=pack.limit,
        payable=payable,
        rounding=rounding,
        reference=reference,
        entry=entry,
    )
