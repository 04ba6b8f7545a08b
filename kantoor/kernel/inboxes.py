"""One inbox for a person over all departments: each says what of its work waits for somebody.

    @inbox_source("ict.cases", title=_("Cases"), permission="ict.read_cases", count=count_of(mine))
    def cases_for_me(actor: Actor, ask: Ask) -> Sequence[Item]:
        return [Item(key=case.pk, …) for case in ask.page(mine(actor), due="due_at")]

A source gives its items by when they are due (those without a time last) and then by key, found by
an index, in a fixed number of statements. The inbox merges them: it never reads more of any
source than fits on a page.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any, Protocol, TypeVar

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.paging import LARGEST_PAGE, PAGE, Page, read_cursor, write_cursor
from kantoor.kernel.queries import query

NEVER = datetime(2999, 12, 31, tzinfo=UTC)
"""When something is due for which no time was agreed: after all else."""
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
COUNTED = 1_000
"""Of each source so many are counted; more are said as "1,000+"."""
ORDER = ("due", "kind", "key")
LAST_KEY = 2**62
LAST = time(23, 59, 59)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for somebody; `url` is the page on which it is dealt with.

    `detail` says from whom it comes or what it is about; `due` is NEVER where no time was agreed.
    """

    key: int
    title: str
    url: str
    detail: str = ""
    since: datetime | None = None
    due: datetime = NEVER


class InboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something in one's inbox; `kind` is its source, `due` None where no time was agreed."""

    kind: str
    kind_title: str
    key: int
    title: str
    detail: str
    url: str
    since: datetime | None
    due: datetime | None
    late: bool


class InboxCount(msgspec.Struct, frozen=True, kw_only=True):
    """How much of one kind waits; `more` where that is more than is counted."""

    kind: str
    title: str
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """Which items are wanted: those after this place in the order, so many at most."""

    due: datetime
    key: int
    limit: int

    def page(self, found: "QuerySet[Any]", *, due: str = "", key: str = "pk") -> list[Any]:
        """The rows of a query set that are wanted; `due` is a column of moments without NULL.

        Without one nothing of it is ever due.
        """
        if not due:
            if self.due < NEVER:
                return list(found.order_by(key)[: self.limit])
            return list(found.filter(**{f"{key}__gt": self.key}).order_by(key)[: self.limit])
        after = Q(**{f"{due}__gt": self.due}) | Q(**{due: self.due, f"{key}__gt": self.key})
        found = found.filter(Q(**{f"{due}__gte": self.due}) & after)
        return list(found.order_by(due, key)[: self.limit])

    def page_by_day(self, found: "QuerySet[Any]", *, day: str, key: str = "pk") -> list[Any]:
        """The same by a column of days, each of which ends at `end_of`."""
        first = timezone.localtime(self.due).date()
        after = Q(**{f"{day}__gt": first})
        if (end := end_of(first)) > self.due:
            after = Q(**{f"{day}__gte": first})
        elif end == self.due:
            after |= Q(**{day: first, f"{key}__gt": self.key})
        return list(found.filter(after).order_by(day, key)[: self.limit])

    def of(self, items: Iterable[Item]) -> list[Item]:
        """Those that are wanted of a few items that had to be chosen one by one."""
        after = [each for each in items if (each.due, each.key) > (self.due, self.key)]
        return sorted(after, key=lambda each: (each.due, each.key))[: self.limit]


def end_of(day: date) -> datetime:
    """The last second of a day where the actor is: what is due on the day is done by then."""
    return datetime.combine(day, LAST, timezone.get_current_timezone()).astimezone(UTC)


def counted(found: "QuerySet[Any]", most: int = COUNTED) -> int:
    """How many rows there are, up to one more than is counted."""
    return found.order_by().values("pk")[: most + 1].count()


class ItemsOf(Protocol):
    """Gives the items of a source."""

    def __call__(self, actor: Actor, ask: Ask, /) -> Sequence[Item]: ...


Count = Callable[[Actor], int]
T = TypeVar("T")


def count_of(found: Callable[[Actor], "QuerySet[Any]"]) -> Count:
    """Counts what waits for somebody by the query set that gives it."""
    return lambda actor: counted(found(actor))


@dataclass(slots=True)
class _Shared:
    """What was asked while one page is drawn up: kept answers, and sources that have nothing."""

    answers: dict[tuple[Callable[[Actor], Any], int | None, int], Any] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)


_shared: ContextVar[_Shared | None] = ContextVar("shared", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within this, sources that ask the same of the database ask it once (see `once`)."""
    if _shared.get() is not None:
        yield
        return
    before = _shared.set(_Shared())
    try:
        yield
    finally:
        _shared.reset(before)


def once(ask: Callable[[Actor], T], actor: Actor) -> T:
    """What a function says of somebody, asked once for a page however many sources need it."""
    shared = _shared.get()
    if shared is None:
        return ask(actor)
    key = (ask, actor.user_id, actor.company_id)
    if key not in shared.answers:
        shared.answers[key] = ask(actor)
    found: T = shared.answers[key]
    return found


@dataclass(frozen=True, slots=True)
class Source:
    """A declared source of items."""

    name: str
    title: Any
    permission: str
    order: int
    items: ItemsOf
    count: Count


_sources: dict[str, Source] = {}


def inbox_source(
    name: str, *, title: object, permission: str, count: Count, order: int = 50
) -> Callable[[ItemsOf], ItemsOf]:
    """Declare a source; who does not have its permission does not see it."""

    def note(items: ItemsOf) -> ItemsOf:
        _sources[name] = Source(name, title, permission, order, items, count)
        return items

    return note


def sources(actor: Actor) -> list[Source]:
    """The sources that the actor may see, in the order of their names' places on the page."""
    found = [each for each in _sources.values() if actor.may(each.permission)]
    return sorted(found, key=lambda each: (each.order, each.name))


@query(permission=EVERYONE, title=_("Inbox"), exposed=True)
def inbox(
    actor: Actor, /, *, kind: str = "", late: bool = False, cursor: str = "", limit: int = PAGE
) -> Page[InboxRow]:
    """What waits for one in all departments, what is due first on top; of one kind, or the late.

    Raises InvalidInput.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        message = _("A page has from 1 to {most} rows.").format(most=LARGEST_PAGE)
        raise InvalidInput(message, field="limit")
    after = _place(cursor)
    shared = _shared.get()
    empty = shared.empty if shared else set()
    wanted = [
        each
        for each in sources(actor)
        if (not kind or each.name == kind) and each.name not in empty
    ]
    with asked_once():
        lists = [_items(actor, each, after, limit + 1) for each in wanted]
        merged = heapq.merge(*lists, key=lambda pair: (pair[1].due, pair[0].name, pair[1].key))
        found, now = list(islice(merged, limit + 1)), timezone.now()
    rows = [_row(source, item, now) for source, item in found[:limit]]
    more = len(found) > limit
    if late:
        # What is late stands before what is not.
        more = more and found[limit][1].due < now
        rows = [row for row in rows if row.late]
    source, item = found[limit - 1] if more else (None, None)
    place = [item.due, source.name, item.key] if source and item else []
    return Page(rows=rows, next_cursor=write_cursor(ORDER, place) if more else "")


@query(permission=EVERYONE, title=_("How much waits for one"), exposed=True)
def inbox_counts(actor: Actor, /) -> list[InboxCount]:
    """How much of each kind waits for one, in the order of the page; what has nothing is left out."""
    found = []
    shared = _shared.get()
    for each in sources(actor):
        try:
            with asked_once():
                count = each.count(actor)
        except NotAllowed:
            continue
        if not count and shared is not None:
            shared.empty.add(each.name)
        if count:
            found.append(
                InboxCount(
                    kind=each.name, title=force_str(each.title), count=min(count, COUNTED),
                    more=count > COUNTED,
                )
            )  # fmt: skip
    return found


def _place(cursor: str) -> tuple[datetime, str, int]:
    if not cursor:
        return LONG_AGO, "", 0
    due, name, key = read_cursor(cursor, ORDER)
    return datetime.fromisoformat(due), str(name), int(key)


def _items(
    actor: Actor, source: Source, after: tuple[datetime, str, int], limit: int
) -> Iterator[tuple[Source, Item]]:
    """The items of a source after a place of the merged order."""
    due, name, key = after
    if source.name != name:
        # At the same moment all of it comes before what was last, or all of it after.
        key = LAST_KEY if source.name < name else 0
    try:
        for item in source.items(actor, Ask(due, key, limit)):
            yield source, item
    except NotAllowed:
        return


def _row(source: Source, item: Item, now: datetime) -> InboxRow:
    return InboxRow(
        kind=source.name,
        kind_title=force_str(source.title),
        key=item.key,
        title=item.title,
        detail=item.detail,
        url=item.url,
        since=item.since,
        due=item.due if item.due < NEVER else None,
        late=item.due < now,
    )
