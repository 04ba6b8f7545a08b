"""Dimension sets of lines: found by their canonical key, made where they are new."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts import LineDraft
from kantoor.departments.finance.errors import UnknownDimension
from kantoor.departments.finance.models import DimensionSet
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import fetch, rows_by_key
from kantoor.kernel.store.models import insert_rows


def dimension_sets(actor: Actor, lines: Sequence[LineDraft]) -> dict[int, int]:
    """The dimension set of each line that has dimensions, by the line's place or identity."""
    sorted_lines = {
        line.line or id(line): (canonical(line.dimensions), line)
        for line in lines
        if line.dimensions
    }
    if not sorted_lines:
        return {}
    _check_values(actor, [line for _, line in sorted_lines.values()])
    keys = _sets(actor.company_id, {key for key, _ in sorted_lines.values()})
    return {place: keys[key] for place, (key, _) in sorted_lines.items()}


def canonical(dimensions: Mapping[str, str]) -> str:
    """`cost_centre=100|project=P7`: dimensions in order of their code."""
    return "|".join(f"{code}={value}" for code, value in sorted(dimensions.items()))


def _check_values(actor: Actor, lines: Sequence[LineDraft]) -> None:
    known = set(
        fetch(
            "SELECT dimension.code, value.code FROM finance_dimension_value value"
            " JOIN finance_dimension dimension ON dimension.id = value.dimension_id"
            " WHERE dimension.company_id = %s AND value.active",
            [actor.company_id],
        )
    )
    for line in lines:
        for pair in line.dimensions.items():
            if pair not in known:
                message = _("There is no {dimension} “{value}”.")
                raise UnknownDimension(
                    message.format(dimension=pair[0], value=pair[1]), field=pair[0], line=line.line
                )


def _sets(company_id: int, keys: set[str]) -> dict[str, int]:
    found: dict[str, int] = rows_by_key(
        "SELECT key, id FROM finance_dimension_set WHERE company_id = %s AND key IN ({})",
        [company_id],
        keys,
    )
    fresh = sorted(keys - found.keys())
    if fresh:
        first = take_ids(DimensionSet, len(fresh))
        insert_rows(DimensionSet, [(first + n, key, company_id) for n, key in enumerate(fresh)])
        found.update((key, first + n) for n, key in enumerate(fresh))
    return found
