"""Dimension sets of lines: found by their canonical key, made where they are new."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.models import DimensionSet
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

Pair = tuple[str, str]
"""A dimension and one of its values, by their codes."""


class Sorted(Protocol):
    """A line with dimensions, each with a value."""

    @property
    def dimensions(self) -> Mapping[str, str]:
        """Values by dimension, both by their codes."""


def canonical(dimensions: Mapping[str, str]) -> str:
    """`cost_centre=100|project=P7`: dimensions in order of their code."""
    return "|".join([f"{code}={value}" for code, value in sorted(dimensions.items())])


def dimension_sets(actor: Actor, lines: Iterable[Sorted]) -> dict[str, int]:
    """The sets of those lines that have dimensions, by canonical key.

    A combination with a value that the company does not have, or no longer uses, is left out.
    """
    wanted = {canonical(line.dimensions): line.dimensions for line in lines if line.dimensions}
    if not wanted:
        return {}
    pairs = {pair for dimensions in wanted.values() for pair in dimensions.items()}
    unknown = pairs - known_pairs(actor.company_id, pairs)
    if unknown:
        wanted = {
            key: dimensions
            for key, dimensions in wanted.items()
            if unknown.isdisjoint(dimensions.items())
        }
    return _sets(actor.company_id, wanted)


def known_pairs(company_id: int, pairs: Iterable[Pair]) -> set[Pair]:
    """Those of the pairs that the company has and uses."""
    found = rows_by_key(
        "SELECT value.id, dimension.code, value.code FROM finance_dimension_value value"
        " JOIN finance_dimension dimension ON dimension.id = value.dimension_id"
        " WHERE dimension.company_id = %s AND value.active AND value.code IN ({})",
        [company_id],
        {value for _, value in pairs if "\0" not in value},
    )
    return set(found.values())


def _sets(company_id: int, keys: Collection[str]) -> dict[str, int]:
    found = _known_sets(company_id, keys)
    if len(found) < len(keys):
        # Two who use a new combination at once would both make it.
        lock_company(company_id)
        found = _known_sets(company_id, keys)
    if fresh := sorted(key for key in keys if key not in found):
        first = take_ids(DimensionSet, len(fresh))
        insert_rows(DimensionSet, [(first + n, company_id, key) for n, key in enumerate(fresh)])
        found.update((key, first + n) for n, key in enumerate(fresh))
    return found


def _known_sets(company_id: int, keys: Collection[str]) -> dict[str, int]:
    return rows_by_key(
        "SELECT key, id FROM finance_dimension_set WHERE company_id = %s AND key IN ({})",
        [company_id],
        keys,
    )
