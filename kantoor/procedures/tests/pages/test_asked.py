"""What was asked and answered, as people read it."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from kantoor.procedures.diagrams.elements import FormField
from kantoor.procedures.web.asking import said_of

SIZE = FormField(
    name="size", kind="choice", label="Size", label_nl="Maat",
    choices=(("s", "Small"), ("l", "Large")), choices_nl=(("s", "Klein"),),
)  # fmt: skip


@pytest.mark.parametrize(("language", "said"), [("en", "Small"), ("nl", "Klein")])
def test_a_choice_is_said_by_its_label_in_the_readers_language(language: str, said: str) -> None:
    with translation.override(language):
        assert [value for _label, value in said_of({"size": "s"}, [SIZE])] == [said]


def test_what_is_no_choice_any_more_is_said_as_it_is() -> None:
    assert said_of({"size": "xl"}, [SIZE]) == [("Size", "xl")]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-12-10", "10 Dec 2026"),
        (date(2026, 12, 10), "10 Dec 2026"),
        (datetime(2026, 12, 10, 8, 30, tzinfo=UTC), "10 Dec 2026 09:30"),
        ("2026-13-10", "2026-13-10"),
        ("20261210", "20261210"),
        (["2026-12-10", "x"], "10 Dec 2026, x"),
        (True, "yes"),
        ("", "–"),
    ],
)
def test_a_value_is_said_in_words(value: object, said: str) -> None:
    assert said_of({"first_day": value}, []) == [("First day", said)]
