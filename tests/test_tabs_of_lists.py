"""A tab asks only what the filters of its list know, so that no list opens with a fault."""

from collections.abc import Iterator

import pytest

from kantoor.kernel.pages.desk import desks
from kantoor.kernel.pages.list_view import ListView
from kantoor.shell.pages.urls import urlpatterns
from tests.founded import found

pytestmark = pytest.mark.django_db


def lists() -> Iterator[ListView]:
    """Every list of every desk."""
    assert urlpatterns
    for desk in desks():
        yield from (view for view in desk.views if isinstance(view, ListView))


def test_what_a_tab_asks_is_among_the_choices_of_its_filter() -> None:
    actor = found().administrator
    seen, wrong = 0, []
    for view in lists():
        by_key = {narrow.key: narrow for narrow in view.narrows}
        for tab in view.tabs:
            for key, value in tab.asks.items():
                narrow = by_key.get(key)
                if narrow is None or narrow.kind not in ("choice", "boolean"):
                    continue
                seen += 1
                shown = narrow.shown(actor)
                known = {each.value for each in shown.choices} or {"0", "1"}
                if value not in known:
                    wrong.append(f"{view.key}: {key}={value}")
    assert seen > 20
    assert wrong == []
