"""Cursor paging by key: one page of a list in one statement, however far down the list it lies.

A list query of a department takes `sort`, `cursor` and `limit`, and gives `Page[Row]`:

    @query(permission="sales.read_orders", title=_("Orders"), exposed=True)
    def orders(actor: Actor, /, *, state: str = "", sort: str = "-date", cursor: str = "",
               limit: int = PAGE) -> Page[OrderRow]:
        found = scoped(actor, Order).filter(...).select_related("customer")
        order = sorted_by(sort, {"date": ("date",), "total": ("total_minor",)})
        page = page_by(found, order=order, cursor=cursor, limit=limit,
                       totals={"total_minor": Sum("total_minor")})
        return page.map(order_row)
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from django.core import signing
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput

PAGE = 50
"""Rows of a page, unless asked otherwise."""
LARGEST_PAGE = 1_000
"""The largest page that can be asked (exports read such pages)."""
COUNTED = 100_000
"""Rows are counted and added up as far as this: beyond it a list says "100,000+"."""

T = TypeVar("T")
R = TypeVar("R")


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list. `next_cursor` is empty on the last page.

    `count` and `sums` concern all rows that match, and are given with the first page only;
    when there are more than COUNTED, `count` is that floor and there are no sums.
    """

    rows: list[T]
    next_cursor: str = ""
    count: int | None = None
    count_is_floor: bool = False
    sums: dict[str, int | Decimal] = {}

    def map(self, shape: Callable[[T], R]) -> "Page[R]":
        """The same page with each row in another shape."""
        return self.with_rows([shape(row) for row in self.rows])

    def with_rows(self, rows: Sequence[R]) -> "Page[R]":
        """The same page with other rows, as when they are read in one further statement."""
        return Page(
            rows=list(rows),
            next_cursor=self.next_cursor,
            count=self.count,
            count_is_floor=self.count_is_floor,
            sums=self.sums,
        )


def sorted_by(sort: str, keys: Mapping[str, Sequence[str]], unique: str = "id") -> tuple[str, ...]:
    """The order for a sort key as lists have it in their address (`date`, `-total`).

    `keys` gives for each the columns it sorts by; the unique column comes last, in the same
    direction. Raises InvalidInput for a key that the list does not have.
    """
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    if name not in keys:
        known = ", ".join(keys)
        raise InvalidInput(_("Sort by one of: {known}.").format(known=known), field="sort")
    columns = [*keys[name], unique]
    return tuple(_turned(column) if backwards else column for column in columns)


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def page_by(
    queryset: "models.QuerySet[Any, R]",
    *,
    order: Sequence[str],
    cursor: str = "",
    limit: int = PAGE,
    totals: Mapping[str, models.Aggregate] | None = None,
) -> Page[R]:
    """One page of the query set in an order that ends in something unique (`("-date", "-id")`).

    Costs one statement, and one more on the first page when `totals` (also `{}`) asks the count
    and the sums. Rows may be instances or `values()`. Raises InvalidInput for a cursor that we
    did not give for this order, or a limit out of bounds.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        message = _("A page has from 1 to {most} rows.").format(most=LARGEST_PAGE)
        raise InvalidInput(message, field="limit")
    keys = [_Key.of(queryset, column) for column in order]
    found = queryset.order_by(*(key.expression for key in keys))
    if cursor:
        found = found.filter(_after(keys, read_cursor(cursor, order)))
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    following = write_cursor(order, [key.value(rows[-1]) for key in keys]) if more else ""
    if totals is None or cursor:
        return Page(rows=rows, next_cursor=following)
    count, sums = _added_up(queryset, totals)
    over = count > COUNTED
    return Page(
        rows=rows,
        next_cursor=following,
        count=min(count, COUNTED),
        count_is_floor=over,
        sums={} if over else sums,
    )


def _added_up(
    queryset: "models.QuerySet[Any, Any]", totals: Mapping[str, models.Aggregate]
) -> tuple[int, dict[str, int | Decimal]]:
    asked: dict[str, models.Aggregate] = {f"sum_{name}": each for name, each in totals.items()}
    bounded = _countable(queryset.order_by(), asked)[: COUNTED + 1]
    found = bounded.aggregate(rows_counted=Count("*"), **asked)
    return found["rows_counted"], {name: found[f"sum_{name}"] or 0 for name in totals}


def _countable(
    queryset: "models.QuerySet[Any, Any]", asked: Mapping[str, models.Aggregate]
) -> "models.QuerySet[Any, Any]":
    """The rows without their columns where only their number is asked: half the work for SQLite."""
    query = queryset.query
    if asked or query.annotations or query.distinct or query.combinator or not query.default_cols:
        return queryset
    return queryset.extra(select={"one": "1"}).values("one")  # Django drops an annotation


class _Key(msgspec.Struct, frozen=True):
    """One column of the order."""

    path: str
    backwards: bool
    nullable: bool

    @classmethod
    def of(cls, queryset: "models.QuerySet[Any, Any]", column: str) -> "_Key":
        path = column.removeprefix("-")
        return cls(path, column.startswith("-"), _may_be_null(queryset, path))

    @property
    def expression(self) -> Any:
        # SQLite puts NULL first, PostgreSQL last: said aloud, so that both give the same list.
        if self.backwards:
            return F(self.path).desc(nulls_last=True if self.nullable else None)
        return F(self.path).asc(nulls_first=True if self.nullable else None)

    def value(self, row: Any) -> Any:
        if isinstance(row, dict):
            return row[self.path]
        for name in self.path.split("__"):
            row = getattr(row, name)
        return row

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any) -> Q | None:
        """What comes after the value in this column alone; None when nothing does."""
        if value is None:
            return None if self.backwards else Q(**{f"{self.path}__isnull": False})
        further = Q(**{f"{self.path}__{'lt' if self.backwards else 'gt'}": value})
        if self.nullable and self.backwards:
            further |= Q(**{f"{self.path}__isnull": True})
        return further


def _may_be_null(queryset: "models.QuerySet[Any, Any]", path: str) -> bool:
    if path in queryset.query.annotations:
        return True
    options, nullable = queryset.model._meta, False
    for name in path.split("__"):
        field = options.pk if name == "pk" else options.get_field(name)
        nullable = nullable or bool(getattr(field, "null", False))
        if field is not None and field.is_relation and field.related_model is not None:
            options = field.related_model._meta
    return nullable


def _after(keys: Sequence[_Key], values: Sequence[Any]) -> Q:
    """The rows after these values: a > x, or a = x and b > y, or …"""
    beyond, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        if (further := key.beyond(value)) is not None:
            beyond |= same & further
        same &= key.same(value)
    first, value = keys[0], values[0]
    if first.nullable or value is None:
        return beyond
    # Said once more for the first column alone: databases then seek in its index.
    return Q(**{f"{first.path}__{'lte' if first.backwards else 'gte'}": value}) & beyond


# --- cursors; queries written in SQL use these two and `after_sql`


def write_cursor(order: Sequence[str], values: Sequence[Any]) -> str:
    """An opaque, signed cursor for the place after these values in this order."""
    body = msgspec.json.encode([",".join(order), [_plain(value) for value in values]])
    return _signer().sign(signing.b64_encode(body).decode())


def read_cursor(cursor: str, order: Sequence[str]) -> list[Any]:
    """The values of a cursor; raises InvalidInput unless we gave it for this order."""
    try:
        body = signing.b64_decode(_signer().unsign(cursor).encode())
        made_for, values = msgspec.json.decode(body, type=tuple[str, list[Any]])
    except (signing.BadSignature, ValueError, msgspec.MsgspecError):
        raise InvalidInput(_("This is no cursor of this list."), field="cursor") from None
    if made_for != ",".join(order):
        message = _("This cursor was made for another order; begin at the first page.")
        raise InvalidInput(message, field="cursor")
    return values


def after_sql(order: Sequence[str], values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The condition, with its parameters, for rows after these values, for lists in plain SQL.

    `order` are column expressions of our own code, never of a request: (`-entry.date`,
    `-line.id`), none of which may be NULL.
    """
    parts: list[str] = []
    params: list[Any] = []
    for place, column in enumerate(order):
        equal = [f"{each.removeprefix('-')} = %s" for each in order[:place]]
        sign = "<" if column.startswith("-") else ">"
        parts.append(" AND ".join([*equal, f"{column.removeprefix('-')} {sign} %s"]))
        params.extend(values[: place + 1])
    first = order[0]
    bound = f"{first.removeprefix('-')} {'<=' if first.startswith('-') else '>='} %s"
    return f"({bound} AND ({' OR '.join(f'({part})' for part in parts)}))", [values[0], *params]


def order_sql(order: Sequence[str]) -> str:
    """The ORDER BY list of such an order."""
    return ", ".join(
        f"{each.removeprefix('-')} DESC" if each.startswith("-") else each for each in order
    )


def _signer() -> signing.Signer:
    return signing.Signer(salt="kantoor.cursor", sep=".")


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    assert value is None or isinstance(value, (int, str)), f"lists can't be sorted by {value!r}"
    return value
