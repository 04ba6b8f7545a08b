"""Many rows are looked up by their keys in one statement, on every database."""

import zlib
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.asking import ask
from kantoor.kernel.store.loading import objects_of_keys
from kantoor.kernel.store.lookup import SOME, fetch_of_keys, rows_by_key
from kantoor.kernel.store.packing import SMALL, packed
from tests.founded import found

CODES = "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})"


@pytest.mark.django_db
def test_any_number_of_keys_takes_one_statement_and_gives_the_same_rows() -> None:
    house = found()
    drafts = [EmployeeDraft(name=f"P {n}", code=f"P'{n}\"%") for n in range(2 * SOME + 7)]
    codes = add_employees(house.administrator, employees=drafts)
    wanted = [*codes, "nobody", "P'1", ""]
    with CaptureQueriesContext(connection) as seen:
        many = rows_by_key(CODES, [house.company.pk], wanted)
    assert len(seen) == 1
    assert many == dict(Party.objects.filter(code__in=codes[:SOME]).values_list("code", "id")) | (
        dict(Party.objects.filter(code__in=codes[SOME:]).values_list("code", "id"))
    )
    assert rows_by_key(CODES, [house.company.pk], wanted[-9:]) == {
        c: many[c] for c in wanted[-9:-3]
    }
    assert rows_by_key(CODES, [house.company.pk + 1], wanted) == {}
    assert rows_by_key(CODES, [house.company.pk], []) == {}


@pytest.mark.django_db
def test_numbers_are_looked_up_as_numbers_and_in_order_where_one_is_asked() -> None:
    house = found()
    drafts = [EmployeeDraft(name=f"P {n}", code=f"P{n:04}") for n in range(SOME + 3)]
    add_employees(house.administrator, employees=drafts)
    keys = list(Party.objects.order_by("-pk").values_list("pk", flat=True))
    sql = "SELECT id, code FROM kernel_party WHERE id IN ({}) ORDER BY id"
    rows = fetch_of_keys(sql, [], [*keys, 10**15])
    assert [key for key, _code in rows] == sorted(keys)
    assert fetch_of_keys(sql, [], []) == []


@pytest.mark.django_db
def test_objects_are_as_the_library_makes_them_whatever_their_number() -> None:
    house = found()
    drafts = [EmployeeDraft(name=f"P {n}", code=f"P{n:04}") for n in range(SOME + 3)]
    add_employees(house.administrator, employees=drafts)
    keys = list(Party.objects.order_by("-pk").values_list("pk", flat=True))
    for some in (keys[:1], keys[:3], keys):
        with CaptureQueriesContext(connection) as seen:
            where = "company_id = %s AND id IN ({}) ORDER BY id"
            made = ask(objects_of_keys(Party, where, [house.company.pk], some))
        assert len(seen) == 1
        usual = Party.objects.filter(pk__in=some[-SOME:]).order_by("pk")
        assert [vars_of(each) for each in made][:SOME] == [vars_of(each) for each in usual][:SOME]
        assert [each.pk for each in made] == sorted(some)


def vars_of(party: Party) -> dict[str, object]:
    """All that an object has of its row."""
    assert not party._state.adding and party._state.db == "default"
    return {name: value for name, value in vars(party).items() if name != "_state"}


@pytest.mark.parametrize("length", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL])
@pytest.mark.parametrize("level", [1, 6])
def test_what_was_packed_is_read_by_the_usual_library(length: int, level: int) -> None:
    content = Random(length).randbytes(length // 2) + bytes(length - length // 2)
    assert zlib.decompress(packed(content, level)) == content
