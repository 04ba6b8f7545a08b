"""An act and its record are committed together, or neither is there."""

import zlib
from collections.abc import Callable
from random import Random

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.parties.models import Party, PartyRole
from kantoor.kernel.record.models import Change, Record
from kantoor.kernel.record.tests.office import (
    call_for_test,
    founded,
    organisation,
    perform,
    places,
)
from kantoor.kernel.store.ids import set_counter, take_ids
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.models import create_together, deletion, insert_rows
from kantoor.kernel.store.pipeline import FEW, with_the_next
from kantoor.kernel.store.tables import decode
from tests.committed import committed as committed


def role_of(party_id: int) -> Callable[[], None]:
    """Work that gives a party a role, by whole rows."""
    return lambda: insert_rows(PartyRole, [(take_ids(PartyRole, 1), party_id, "customer")])


def test_what_the_database_refuses_at_the_commit_leaves_no_act(committed: None) -> None:
    anne = founded()
    party = organisation(anne)
    before = Record.objects.count()
    with pytest.raises(IntegrityError):
        perform(anne, role_of(party.pk + 1_000))  # Foreign keys are looked at when it commits.
    assert (Record.objects.count(), PartyRole.objects.count()) == (before, 0)

    perform(anne, role_of(party.pk))
    connection.close()  # What was acknowledged is there for whoever comes next.
    assert (Record.objects.count(), PartyRole.objects.count()) == (before + 1, 1)
    assert places() == []


def go_on_after(last: int) -> None:
    """Let the next role have a number above this."""
    if connection.vendor == "postgresql":
        fetch("SELECT setval('kernel_party_role_id_seq', %s)", [last])
    else:
        set_counter("kernel_party_role", last)


def test_one_statement_has_one_plan_however_large_its_numbers(committed: None) -> None:
    anne = founded()
    for number, last in enumerate((10, 70_000)):
        party = organisation(anne, code=f"D{number}")
        go_on_after(last)
        perform(anne, role_of(party.pk))
    assert [key > 10 for key in PartyRole.objects.values_list("pk", flat=True)] == [True] * 2
    if connection.vendor == "postgresql":
        kept = "SELECT 1 FROM pg_prepared_statements WHERE statement LIKE %s"
        assert len(fetch(kept, ["INSERT INTO%party_role%"])) == 1


def test_an_act_whose_record_is_large_is_committed_too(committed: None) -> None:
    # Few rows of the record that are long: sent at once with the commit they never arrived.
    anne = founded()
    many, chosen, now = 8_000, Random(7), timezone.now()
    names = [f"{chosen.getrandbits(800):0200x}" for _n in range(many)]
    parties = [
        Party(company_id=anne.company_id, code=f"D{n}", name=name, created_at=now)
        for n, name in enumerate(names)
    ]
    perform(anne, lambda: Party.objects.bulk_create(parties))
    assert 0 < Change.objects.filter(tablename="kernel_party").count() <= FEW
    connection.close()
    assert Party.objects.count() == many


def test_what_waits_for_the_next_statement_is_there_for_whoever_asks(committed: None) -> None:
    anne = founded()
    party = organisation(anne)
    seen = []

    def work() -> None:
        with with_the_next(1):
            role_of(party.pk)()
        seen.append(PartyRole.objects.count())
        with pytest.raises(LookupError):
            undone()

    def undone() -> None:
        with attempt():
            PartyRole.objects.filter(party=party).update(role="supplier")
            with with_the_next(1):
                insert_rows(PartyRole, [(take_ids(PartyRole, 1), party.pk, "authority")])
            raise LookupError

    perform(anne, work)
    assert seen == [1]
    assert list(PartyRole.objects.values_list("role", flat=True)) == ["customer"]
    assert places() == []


def test_what_waits_and_is_refused_or_given_up_leaves_nothing(committed: None) -> None:
    anne = founded()
    party = organisation(anne)

    def twice() -> None:
        with with_the_next(2):
            role_of(party.pk)()
            role_of(party.pk)()

    def given_up() -> None:
        with with_the_next(1):
            role_of(party.pk)()
        raise LookupError

    with pytest.raises(IntegrityError):
        perform(anne, twice)
    with pytest.raises(LookupError):
        perform(anne, given_up)
    perform(anne, lambda: party.save())
    assert PartyRole.objects.count() == 0
    assert places() == []


def test_what_waits_is_there_for_who_asks_before_more_waits(committed: None) -> None:
    anne = founded()
    party = organisation(anne)
    seen = []

    def work() -> None:
        with with_the_next(2):
            role_of(party.pk)()
            seen.append(PartyRole.objects.count())
            insert_rows(PartyRole, [(take_ids(PartyRole, 1), party.pk, "supplier")])

    perform(anne, work)
    assert seen == [1]
    assert PartyRole.objects.count() == 2
    assert places() == []


def test_rows_of_several_tables_come_together_and_go_as_they_are_there(committed: None) -> None:
    anne = founded()
    party = organisation(anne)

    def come() -> list[int]:
        now = timezone.now()
        more = [
            Party(company_id=anne.company_id, code=f"D{n}", name="", created_at=now)
            for n in range(2)
        ]
        roles = [
            PartyRole(party=party, role=each) for each in ("customer", "supplier", "authority")
        ]
        create_together(more, [], roles)
        return [each.pk for each in (*more, *roles)]

    def go() -> None:
        # One that is not there is not said to have gone.
        create_together(before=[deletion(PartyRole, {roles[0], roles[2], 1_000})])

    *_more, first, second, third = perform(anne, come)
    roles = [first, second, third]
    assert set(Party.objects.values_list("code", flat=True)) >= {"D0", "D1"}
    assert set(PartyRole.objects.values_list("pk", "role")) == set(
        zip(roles, ("customer", "supplier", "authority"), strict=True)
    )
    perform(anne, go)
    assert list(PartyRole.objects.values_list("pk", flat=True)) == [second]
    last = Change.objects.filter(tablename="kernel_party_role").order_by("-pk")[0]
    assert (last.operation, last.first_id, last.last_id) == ("d", first, third)
    assert decode(zlib.decompress(bytes(last.body))) == [first, third]
    assert places() == []


def test_a_row_touched_in_an_act_within_and_after_it_is_held_as_it_became(committed: None) -> None:
    anne = founded()
    party = organisation(anne)

    def work() -> None:
        party.name = "First"
        party.save()
        within = Party.objects.get(pk=party.pk)
        call_for_test(anne, work=lambda: Party.objects.filter(pk=within.pk).update(name="Second"))
        party.name = "Third"
        party.save()

    perform(anne, work)
    assert Party.objects.get(pk=party.pk).name == "Third"
    assert places() == []
