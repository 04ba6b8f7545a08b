"""Reckon filed VAT returns and listings anew from their facts of tax, for `kantoor verify`."""

from collections.abc import Iterator, Sequence

from kantoor.departments.finance.errors import MissingRate
from kantoor.departments.finance.models.vat import (
    ICP,
    OSS,
    SUPPLEMENT,
    VatFigure,
    VatListingLine,
    VatReturn,
)
from kantoor.departments.finance.queries.vat.facts import Scope, late_scopes, own_scope, sums
from kantoor.departments.finance.queries.vat.listings import rows_of
from kantoor.departments.finance.queries.vat.returns import boxes_of
from kantoor.departments.finance.reference.vat.packs import pack_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.record.verify.provers import Fault, prover


@prover("finance_vat_return")
def filed_returns() -> Iterator[Fault]:
    """The exact figures of each filed document, against the facts up to its mark."""
    chains: dict[tuple[int, str], list[VatReturn]] = {}
    for each in VatReturn.objects.order_by("company_id", "chain", "n"):
        chains.setdefault((each.company_id, each.chain), []).append(each)
    for (company_id, _chain), filed in chains.items():
        currency = Company.objects.get(pk=company_id).currency
        actor = Actor(user_id=None, name="verify", company_id=company_id, currency=currency)
        for n, each in enumerate(filed):
            yield from _document(actor, each, filed[:n])


def _document(actor: Actor, each: VatReturn, before: Sequence[VatReturn]) -> Iterator[Fault]:
    scopes = list(late_scopes(before, each.mark))
    if each.kind != SUPPLEMENT:
        scopes.append(own_scope(each.starts_on, each.ends_on, each.mark))
    if each.chain in (ICP, OSS):
        try:
            should, kept = _lines(actor, each, scopes), _kept_lines(each)
        except MissingRate as missing:
            yield Fault("derived", f"finance_vat_return row {each.pk}", str(missing.message))
            return
    else:
        should, kept = _boxes(actor, each, scopes), _kept_boxes(each)
    for key in sorted({*should, *kept}):
        wanted, found = should.get(key, (0, 0)), kept.get(key, (0, 0))
        if wanted != found:
            where = f"finance_vat_return row {each.pk}"
            what = f"{key} is {found[0]} and {found[1]}, its facts add up to {wanted[0]} and {wanted[1]}"
            yield Fault("derived", where, what)


Figures = dict[str, tuple[int, int]]


def _boxes(actor: Actor, each: VatReturn, scopes: Sequence[Scope]) -> Figures:
    pack = pack_of(each.country)
    assert pack is not None
    exact = boxes_of(pack, sums(actor, scopes))
    return {key: (amounts.base, amounts.tax) for key, amounts in exact.items()}


def _kept_boxes(each: VatReturn) -> Figures:
    found: Figures = {}
    for row in VatFigure.objects.filter(vat_return=each, period__isnull=False):
        had = found.get(row.box, (0, 0))
        found[row.box] = (had[0] + row.base, had[1] + row.tax)
    return found


def _lines(actor: Actor, each: VatReturn, scopes: Sequence[Scope]) -> Figures:
    found: Figures = {}
    for row in rows_of(actor, "icp" if each.chain == ICP else "oss", scopes):
        had = found.get(row.country, (0, 0))
        found[row.country] = (had[0] + row.base, had[1] + row.tax)
    return {key: sums for key, sums in found.items() if any(sums)}


def _kept_lines(each: VatReturn) -> Figures:
    found: Figures = {}
    for row in VatListingLine.objects.filter(vat_return=each):
        had = found.get(row.country, (0, 0))
        found[row.country] = (had[0] + row.base, had[1] + row.tax)
    return {key: sums for key, sums in found.items() if any(sums)}
