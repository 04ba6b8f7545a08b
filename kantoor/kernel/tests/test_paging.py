"""Cursor paging: every row once and in order, ties and nothings included, on both databases."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import (
    Page,
    after_sql,
    order_sql,
    page_by,
    read_cursor,
    sorted_by,
    write_cursor,
)
from kantoor.kernel.record.erasure import new_subjects
from kantoor.kernel.store.lookup import fetch

pytestmark = pytest.mark.django_db
ANNE = Actor(user_id=None, name="Anne", company_id=1, permissions=frozenset({"*"}))


@action(permission="tests.write", title="Write users", hidden=True)
def write_users(actor: Actor, /, *, count: int) -> None:
    """Users with ties in their name, and nothing in `subject_id` of every third."""
    now = timezone.now()
    keys = new_subjects(5)
    User.objects.bulk_create(
        [
            User(
                sign_in=f"user{n:03}@example.test",
                name=f"Name {n % 4}",
                subject_id=None if n % 3 == 0 else keys[n % 5],
                created_at=now - timedelta(seconds=n % 7),
            )
            for n in range(count)
        ]
    )


ORDERS = [
    ("id",),
    ("-name", "-id"),
    ("name", "-created_at", "id"),
    ("subject_id", "id"),
    ("-subject_id", "name", "-id"),
]


@pytest.mark.parametrize("order", ORDERS)
def test_pages_give_every_row_once_and_in_order(order: tuple[str, ...]) -> None:
    write_users(ANNE, count=53)
    whole = page_by(User.objects.all(), order=order, limit=1000).rows
    read: list[User] = []
    cursor = ""
    while True:
        page = page_by(User.objects.all(), order=order, cursor=cursor, limit=10)
        assert len(page.rows) <= 10
        read.extend(page.rows)
        if not (cursor := page.next_cursor):
            break
    assert [user.pk for user in read] == [user.pk for user in whole]
    assert len({user.pk for user in read}) == 53


def test_nothing_comes_first_going_up_and_last_going_down() -> None:
    write_users(ANNE, count=10)
    up = page_by(User.objects.all(), order=("subject_id", "id"), limit=1000).rows
    down = page_by(User.objects.all(), order=("-subject_id", "-id"), limit=1000).rows
    assert up[0].subject_id is None
    assert [user.pk for user in up] == [user.pk for user in reversed(down)]


def test_count_and_sums_are_of_all_rows_that_match_and_cost_one_statement() -> None:
    write_users(ANNE, count=60)
    found = User.objects.filter(subject_id__isnull=False)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = page_by(found, order=("id",), limit=5, totals={"keys": Sum("subject_id")})
    assert len(asked) == 2
    assert page.count == found.count() and not page.count_is_floor
    assert page.sums == {"keys": sum(user.subject_id or 0 for user in found)}
    with CaptureQueriesContext(connection) as asked:
        following = page_by(found, order=("id",), cursor=page.next_cursor, limit=5, totals={})
    assert len(asked) == 1
    assert following.count is None


def test_beyond_the_bound_the_count_is_a_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kantoor.kernel.paging.COUNTED", 20)
    write_users(ANNE, count=30)
    page = page_by(User.objects.all(), order=("id",), totals={"keys": Sum("subject_id")})
    assert page.count == 20 and page.count_is_floor and page.sums == {}


def test_rows_as_values_can_be_paged_too() -> None:
    write_users(ANNE, count=7)
    found = User.objects.values("id", "name")
    first = page_by(found, order=("name", "id"), limit=4)
    second = page_by(found, order=("name", "id"), limit=4, cursor=first.next_cursor)
    assert len([*first.rows, *second.rows]) == 7
    assert first.map(lambda row: row["name"]).rows == ["Name 0", "Name 0", "Name 1", "Name 1"]


def test_lists_in_plain_sql_read_on_after_a_cursor() -> None:
    write_users(ANNE, count=20)
    order = ("-kernel_user.name", "kernel_user.id")
    whole = fetch(f"SELECT name, id FROM kernel_user ORDER BY {order_sql(order)}")  # noqa: S608
    after, params = after_sql(order, read_cursor(write_cursor(order, whole[7]), order))
    rest = fetch(
        f"SELECT name, id FROM kernel_user WHERE {after} ORDER BY {order_sql(order)}",  # noqa: S608
        params,
    )
    assert rest == whole[8:]


def test_dates_travel_in_cursors() -> None:
    order = ("-date", "-id")
    assert read_cursor(write_cursor(order, [date(2011, 2, 28), 7]), order) == ["2011-02-28", 7]


def test_a_cursor_that_we_did_not_give_is_refused() -> None:
    good = write_cursor(("id",), [3])
    for bad in ("x", good + "x", "x" + good, good.replace(".", "")):
        with pytest.raises(InvalidInput) as refused:
            read_cursor(bad, ("id",))
        assert refused.value.place.field == "cursor"
    with pytest.raises(InvalidInput, match="another order"):
        read_cursor(good, ("-id",))


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_a_bounded_size(limit: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        page_by(User.objects.all(), order=("id",), limit=limit)
    assert refused.value.place.field == "limit"


def test_sort_keys_turn_all_their_columns_and_end_unique() -> None:
    keys = {"date": ("-date", "number"), "total": ("total_minor",)}
    assert sorted_by("total", keys) == ("total_minor", "id")
    assert sorted_by("-date", keys) == ("date", "-number", "-id")
    with pytest.raises(InvalidInput, match="date, total"):
        sorted_by("name; DROP TABLE", keys)


def test_an_empty_list_is_a_page() -> None:
    assert page_by(User.objects.all(), order=("id",), totals={}) == Page(rows=[], count=0)
