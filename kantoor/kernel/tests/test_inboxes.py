"""The inbox over all departments: sources merged by when things are due, page by page."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel import inboxes
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.inboxes import NEVER, Ask, Item, inbox, inbox_counts, inbox_source

ANNE = Actor(user_id=1, name="Anne", company_id=1)
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the house's sources, which are back afterwards."""
    monkeypatch.setattr(inboxes, "_sources", {})


def _declare(name: str, dues: Sequence[datetime], permission: str = EVERYONE) -> None:
    items = [
        Item(key=key, title=f"{name} {key}", url=f"/{name}/{key}", due=due)
        for key, due in enumerate(dues, 1)
    ]

    @inbox_source(name, title=name, permission=permission, count=lambda _actor: len(items))
    def found(_actor: Actor, ask: Ask) -> Sequence[Item]:
        return ask.of(items)


def _pages(limit: int, **asked: object) -> Iterator[list[str]]:
    cursor = ""
    while True:
        page = inbox(ANNE, cursor=cursor, limit=limit, **asked)  # type: ignore[arg-type]
        yield [row.title for row in page.rows]
        if not (cursor := page.next_cursor):
            return


def test_what_is_due_first_stands_on_top_whatever_department_it_is_of() -> None:
    _declare("cases", [NOON + timedelta(hours=2), NEVER])
    _declare("tasks", [NOON, NOON + timedelta(hours=3)])
    titles = [row.title for row in inbox(ANNE).rows]
    assert titles == ["tasks 1", "cases 1", "tasks 2", "cases 2"]
    assert inbox(ANNE).rows[-1].due is None
    assert [row.title for row in inbox(ANNE, kind="cases").rows] == ["cases 1", "cases 2"]


@given(
    st.lists(st.lists(st.integers(0, 3), max_size=12), min_size=1, max_size=4),
    st.integers(1, 7),
)
def test_paging_shows_everything_once_in_one_order(hours: list[list[int]], limit: int) -> None:
    inboxes._sources.clear()
    for number, each in enumerate(hours):
        _declare(f"s{number}", [NEVER if h == 3 else NOON + timedelta(hours=h) for h in each])
    shown = [title for page in _pages(limit) for title in page]
    assert shown == [row.title for row in inbox(ANNE, limit=1000).rows]
    assert len(shown) == len(set(shown)) == sum(map(len, hours))


def test_late_ones_alone_end_where_those_in_time_begin() -> None:
    now = timezone.now()
    _declare("tasks", [now - timedelta(days=2), now + timedelta(days=1), now - timedelta(days=1)])
    pages = list(_pages(1, late=True))
    assert pages == [["tasks 1"], ["tasks 3"]]
    assert all(row.late for row in inbox(ANNE, late=True).rows)


def test_what_one_may_not_see_is_left_out() -> None:
    _declare("tasks", [NOON])
    _declare("secret", [NOON], permission="hr.see_pay")

    def refused(_actor: Actor) -> int:
        raise NotAllowed("no")

    @inbox_source("odd", title="odd", permission=EVERYONE, count=refused)
    def odd(_actor: Actor, _ask: Ask) -> Sequence[Item]:
        raise NotAllowed("no")

    assert [row.kind for row in inbox(ANNE).rows] == ["tasks"]
    assert [each.kind for each in inbox_counts(ANNE)] == ["tasks"]


def test_counts_end_where_nobody_counts_any_more() -> None:
    _declare("tasks", [NOON] * 1_002)
    _declare("empty", [])
    (count,) = inbox_counts(ANNE)
    assert (count.kind, count.count, count.more) == ("tasks", 1_000, True)


@pytest.mark.parametrize("limit", [0, 1_001])
def test_a_page_has_bounds(limit: int) -> None:
    with pytest.raises(InvalidInput):
        inbox(ANNE, limit=limit)


def test_a_cursor_of_ours_is_taken_and_another_refused() -> None:
    with pytest.raises(InvalidInput):
        inbox(ANNE, cursor="made up")
