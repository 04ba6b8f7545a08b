"""The facts behind the figures of a VAT return, page by page, each opening its document."""

import heapq
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models.vat import VatReturn
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.vat import belgium
from kantoor.departments.finance.queries.vat.facts import (
    SOURCES,
    Scope,
    Source,
    chain_of,
    follows,
    late_scopes,
    own_scope,
    where_of,
)
from kantoor.departments.finance.queries.vat.returns import next_period
from kantoor.departments.finance.reference.vat.grids_be import grids
from kantoor.departments.finance.reference.vat.packs import Pack, pack_of
from kantoor.departments.finance.vat_periods import period_coded
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import LARGEST_PAGE, PAGE, Page, read_cursor, write_cursor
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch, rows_by_key


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of tax, in minor units: a document's base and tax under one code.

    `document` is the number of an invoice, else that of the entry. `correction` says that it was
    posted in a period that was filed.
    """

    date: date
    document: str
    kind: str
    entry: str
    party: str
    party_name: str
    code: str
    base: int
    tax: int
    deductible: int
    correction: bool


ORDER = ("day", "entry", "kind", "fact")
After = tuple[str, int, str, int]
"""A place in the order."""


class _Found(NamedTuple):
    on: str
    entry_id: int
    kind: str
    fact_id: int
    document: str
    party_id: int | None
    code: str
    base: int
    tax: int
    deductible: int


@query(permission="finance.read_vat", title=_("Facts of a VAT return"), exposed=True)
def vat_facts(
    actor: Actor, /, *, period: str = "", box: str = "", cursor: str = "", limit: int = PAGE
) -> Page[FactRow]:
    """What a return or one of its boxes is made of, filed or not, in order of the date.

    Of Belgium a box is a grid; a purchase that is in several of 81 to 83 stands whole in each.
    Nothing where Kantoor has no return for the country. Raises InvalidInput.
    """
    belgian = actor.country == belgium.COUNTRY
    pack = None if belgian else pack_of(actor.country)
    if pack is None and not belgian:
        return Page(rows=[])
    if box and box not in _boxes(pack):
        message = _("Box {box} is made of no facts.").format(box=box[:4])
        raise InvalidInput(message, field="box")
    limit = max(1, min(limit, LARGEST_PAGE))
    scopes = scopes_of(actor, period, chain_of(actor.company_id, "vat"))
    after = _read(cursor) if cursor else None
    some = list(heapq.merge(*_all(actor, pack, scopes, box, after, limit + 1)))[: limit + 1]
    more = len(some) > limit
    some = some[:limit]
    last = some[-1][:4] if more else ()
    return Page(
        rows=_rows(actor, some, scopes[0]) if some else [],
        next_cursor=write_cursor(ORDER, last) if more else "",
    )


def _boxes(pack: Pack | None) -> set[str]:
    """The boxes that facts go into; those of Belgium without a pack."""
    if pack is None:
        return {each.key for each in grids()} - {"71", "72"}
    return {each.key for each in pack.boxes if not each.total and not each.said}


def _read(cursor: str) -> After:
    day, entry, kind, fact = read_cursor(cursor, ORDER)
    return str(day), int(entry), str(kind), int(fact)


def scopes_of(actor: Actor, period: str, filed: Sequence[VatReturn]) -> list[Scope]:
    """The facts of a return: those of its own days first, then the corrections in it."""
    kept = next((n for n, each in enumerate(filed) if each.code == period), None)
    if kept is None:
        wanted = period_coded(period) if period else next_period(actor, filed)
        late = late_scopes(filed) if follows(filed, wanted.starts_on) else ()
        return [own_scope(wanted.starts_on, wanted.ends_on), *late]
    this, before = filed[kept], filed[:kept]
    late_in_it = list(late_scopes(before, this.mark))
    if "/" in this.code:
        return late_in_it
    return [own_scope(this.starts_on, this.ends_on, this.mark), *late_in_it]


def _all(
    actor: Actor,
    pack: Pack | None,
    scopes: Sequence[Scope],
    box: str,
    after: After | None,
    limit: int,
) -> Iterator[list[_Found]]:
    for scope in scopes:
        for source in SOURCES:
            yield _some(actor, pack, source, scope, box, after, limit)


def _some(
    actor: Actor,
    pack: Pack | None,
    source: Source,
    scope: Scope,
    box: str,
    after: After | None,
    limit: int,
) -> list[_Found]:
    where, params = where_of(actor, source, scope)
    if box:
        condition, values = (
            _in_box(pack, source, box) if pack is not None else belgium.in_grid(source, box)
        )
        where, params = f"{where} AND {condition}", [*params, *values]
    if after is not None:
        on, entry_id, kind, fact_id = after
        beyond = (
            "fact.id > %s" if kind == source.name else ("1 = 1" if kind < source.name else "1 = 0")
        )
        given: list[Any] = [fact_id] if kind == source.name else []
        where += (
            f" AND ({source.day} > %s OR ({source.day} = %s AND ({source.entry} > %s"
            f" OR ({source.entry} = %s AND {beyond}))))"
        )
        params = [*params, on, on, entry_id, entry_id, *given]
    document = "doc.number" if source.name != "entry" else "''"
    rows = fetch(
        f"SELECT CAST({source.day} AS text), {source.entry}, fact.id, {document}, {source.party},"
        f" code.code, {source.base}, {source.tax}, {source.deductible}{source.tables}{where}"
        f" ORDER BY {source.day}, {source.entry}, fact.id LIMIT %s",
        [*params, limit],
    )
    return [
        _Found(on, entry, source.name, key, number, party, code, base, tax, deductible)
        for on, entry, key, number, party, code, base, tax, deductible in rows
    ]


def _in_box(pack: Pack, source: Source, box: str) -> tuple[str, list[Any]]:
    if pack.box(box).input:
        return f"code.use = 'purchase' AND {source.deductible} <> 0", []
    parts, values = ["1 = 0"], list[Any]()
    for use, by_ground in (("sale", pack.sale), ("purchase", pack.purchase)):
        grounds = [ground for ground, key in by_ground.items() if key == box]
        if grounds:
            slots = ", ".join(["%s"] * len(grounds))
            parts.append(f"(code.use = '{use}' AND code.ground IN ({slots}))")
            values += grounds
    return f"({' OR '.join(parts)})", values


def _rows(actor: Actor, some: Sequence[_Found], own: Scope) -> list[FactRow]:
    entries = entry_numbers({each.entry_id for each in some})
    parties = rows_by_key(
        "SELECT id, code, name FROM kernel_party WHERE company_id = %s AND id IN ({})",
        [actor.company_id],
        {each.party_id for each in some if each.party_id},
    )
    rows = []
    for each in some:
        on = date.fromisoformat(each.on)
        code, name = parties.get(each.party_id or 0, ("", ""))
        entry = entries[each.entry_id]
        rows.append(
            FactRow(
                date=on,
                document=each.document or entry,
                kind=each.kind,
                entry=entry,
                party=code,
                party_name=name,
                code=each.code,
                base=each.base,
                tax=each.tax,
                deductible=each.deductible,
                correction=not own.start <= on <= own.end,
            )
        )
    return rows
