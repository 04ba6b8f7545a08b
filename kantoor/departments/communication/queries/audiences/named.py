"""What audiences, mailing lists and purposes have in common: a code, a name, and being put away."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from kantoor.kernel.paging import Page, page_by, sorted_by

Row = TypeVar("Row", bound=Model)
BY_NAME = {"code": ("code",), "name": ("name",)}


def page_of(
    rows: "QuerySet[Row]",
    *,
    search: str,
    active: str,
    sort: str,
    cursor: str,
    limit: int,
    sorts: Mapping[str, tuple[str, ...]] = BY_NAME,
) -> Page[Row]:
    """A page of rows by words of their name or code; `active` 1 in use, 0 put away, empty both."""
    if words := search.strip():
        rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words))
    if active:
        rows = rows.filter(active=active == "1")
    return page_by(rows, order=sorted_by(sort, sorts), cursor=cursor, limit=limit, totals={})


def names_of(rows: "QuerySet[Row]", keys: Sequence[int] | None) -> dict[int, tuple[str, str]]:
    """Code and name of these rows by key; without keys of those in use."""
    found = rows.filter(active=True) if keys is None else rows.filter(pk__in=list(keys)[:1000])
    listed = found.order_by("name", "pk").values_list("pk", "code", "name")
    return {key: (code, name) for key, code, name in listed}
