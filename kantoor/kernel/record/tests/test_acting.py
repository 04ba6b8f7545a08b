"""How acts come into the record: nested, refused, failed, and when the record itself is damaged."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.models import Count
from django.utils import timezone

from kantoor.kernel.actions import runner
from kantoor.kernel.actions.context import because_of
from kantoor.kernel.actions.runner import NeedsSecondPair, action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, NotAllowed
from kantoor.kernel.parties.models import Party, PartyRole
from kantoor.kernel.record.append import RecordDamaged
from kantoor.kernel.record.erasure import Subject, new_subjects
from kantoor.kernel.record.models import Record
from kantoor.kernel.record.tests.office import (
    by_hand,
    call_for_test,
    faults,
    organisation,
    perform,
    person,
    write_for_test,
)
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.tables import layout_of


@action(
    permission="tests.write",
    title="Spend",
    hidden=True,
    second_pair=lambda _actor, given: "much" if given["amount"] > 10 else None,
)
def spend_for_test(actor: Actor, /, *, amount: int) -> int:
    """Asks for a second person above 10."""
    return amount


def last() -> Record:
    return Record.objects.order_by("-seq")[0]


def fast_parties(actor: Actor, codes: list[str], at: str = "2026-01-02 03:04:05.000006") -> int:
    """Insert parties the fast way; gives the first key."""
    columns = layout_of(Party).columns
    first = take_ids(Party, len(codes))
    given = {"subject_id": None, "company_id": actor.company_id, "erased_at": None}
    given["created_at"] = at  # type: ignore[assignment]
    rows = [
        tuple({**given, "id": first + n, "code": code}.get(c, "") for c in columns)
        for n, code in enumerate(codes)
    ]
    insert_rows(Party, rows)
    return first


def test_an_act_that_another_calls_names_it_as_its_cause(anne: Actor) -> None:
    with because_of("event:webshop/1"):
        write_for_test(anne, work=lambda: call_for_test(anne, work=lambda: None))
    outer, inner = Record.objects.order_by("-seq")[:2][::-1]
    assert outer.cause == "event:webshop/1"
    assert inner.cause == f"record:{outer.seq}"


def test_a_cause_given_inside_is_the_inner_act_s_own(anne: Actor) -> None:
    def work() -> None:
        with because_of("kernel.approval/3"):
            call_for_test(anne, work=lambda: None)

    write_for_test(anne, work=work)
    assert last().cause == "kernel.approval/3"


def test_what_two_acts_of_one_transaction_wrote_is_recorded_as_it_became(anne: Actor) -> None:
    # The inner act comes later in the record, but the outer one has the last word on the row.
    def work() -> None:
        call_for_test(anne, work=lambda: fast_parties(anne, ["A", "B"]))
        Party.objects.filter(code="A").update(city="Assen")

    write_for_test(anne, work=work)
    assert faults() == []


def test_whole_seconds_are_one_moment_whichever_way_they_were_written(anne: Actor) -> None:
    moment = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    for_good = canonical(moment)

    def work() -> None:
        fast_parties(anne, ["A"], at=for_good)
        Party.objects.create(company_id=anne.company_id, code="B", name="B", created_at=moment)

    write_for_test(anne, work=work)
    found = Party.objects.filter(code__in=["A", "B"])
    assert found.filter(created_at=moment).count() == 2
    assert found.filter(created_at__gt=moment).count() == 0
    assert found.filter(created_at__lt=moment + timedelta(microseconds=1)).count() == 2
    assert faults() == []


def test_the_same_with_the_inner_act_last(anne: Actor) -> None:
    def work() -> None:
        first = fast_parties(anne, ["A", "B"])
        call_for_test(anne, work=lambda: Party.objects.filter(pk=first).update(city="Assen"))

    write_for_test(anne, work=work)
    assert faults() == []


def test_a_key_made_by_an_inner_act_and_destroyed_by_the_outer_is_proved_gone(anne: Actor) -> None:
    def work() -> None:
        before = Subject.objects.count()
        call_for_test(anne, work=lambda: new_subjects(1))
        Subject.objects.order_by("-pk")[0].delete()
        assert Subject.objects.count() == before

    write_for_test(anne, work=work)
    assert faults() == []


def test_rows_that_come_and_go_in_one_act_are_proved_gone(anne: Actor) -> None:
    def work() -> None:
        party = Party.objects.create(
            company_id=anne.company_id, code="X", created_at=timezone.now()
        )
        party.delete()

    perform(anne, work)
    assert faults() == []


def test_an_inner_act_cannot_wait_for_a_second_person(anne: Actor) -> None:
    with pytest.raises(NeedsSecondPair):
        spend_for_test(anne, amount=11)
    with pytest.raises(NotAllowed, match=r"Spend.*needs a second person first.*much"):
        write_for_test(anne, work=lambda: spend_for_test(anne, amount=11))
    assert (last().outcome, last().code) == ("refused", "not_allowed")
    assert write_for_test(anne, work=lambda: spend_for_test(anne, amount=9)) == 9


def test_an_action_that_goes_on_after_one_that_failed_is_stopped(anne: Actor) -> None:
    def fail() -> None:
        organisation_row(anne)
        raise Conflict("no")

    def organisation_row(actor: Actor) -> None:
        Party.objects.create(company_id=actor.company_id, code="X", created_at=timezone.now())

    def work() -> None:
        try:
            call_for_test(anne, work=fail)
        except Conflict:
            pass  # What it wrote would stay, as if it had succeeded.

    with pytest.raises(AssertionError, match="failed and its caller went on"):
        write_for_test(anne, work=work)
    assert not Party.objects.filter(code="X").exists()


def test_a_refusal_is_recorded_with_its_code(anne: Actor) -> None:
    def refuse() -> None:
        raise Conflict("taken")

    with pytest.raises(Conflict):
        perform(anne, refuse)
    assert (last().outcome, last().code, bytes(last().changes)) == ("refused", "conflict", b"")
    assert faults() == []


def test_a_refusal_reaches_the_person_even_when_it_cannot_be_recorded(
    anne: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> int:
        raise DatabaseError("disk full")

    def refuse() -> None:
        raise Conflict("taken")

    monkeypatch.setattr(runner, "append_refusal", broken)
    with pytest.raises(Conflict, match="taken"):
        perform(anne, refuse)
    assert "was not recorded" in caplog.text


def test_nothing_is_written_while_the_head_is_not_ours(
    anne: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    by_hand("UPDATE kernel_head SET root = %s", b"x" * 32)
    with (
        caplog.at_level(logging.CRITICAL),
        pytest.raises(RecordDamaged, match="kantoor verify"),
    ):
        organisation(anne)
    assert "tampered" in caplog.text
    assert not Party.objects.exists()


def test_nothing_is_written_when_the_head_is_gone(anne: Actor) -> None:
    by_hand("DELETE FROM kernel_head")
    with pytest.raises(RecordDamaged):
        organisation(anne)


def test_personal_rows_stand_in_the_record_encrypted(anne: Actor) -> None:
    person(anne, name="Jan Pietersen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT form, body FROM kernel_change WHERE tablename = 'kernel_party'")
        found = cursor.fetchall()
    assert [form for form, _ in found] == ["e"]
    assert b"Pietersen" not in bytes(found[0][1])


def test_rows_chosen_through_others_are_changed_and_recorded(anne: Actor) -> None:
    party = organisation(anne)
    perform(anne, lambda: PartyRole.objects.create(party=party, role="customer"))
    # Joins, an outer one too, and a limit: the rows meant are changed, and no others.
    roles = PartyRole.objects.filter(party__city="", party__subject_id=None)
    perform(anne, lambda: roles.update(role="supplier"))
    parties = Party.objects.filter(roles__role="supplier").distinct()
    perform(anne, lambda: parties.update(city="Assen"))
    counted = Party.objects.annotate(count=Count("roles")).filter(count=1)
    perform(anne, lambda: counted.update(street="Kade 1"))
    party.refresh_from_db()
    assert (party.city, party.street) == ("Assen", "Kade 1")
    perform(anne, lambda: roles.model.objects.filter(party__city="Assen").delete())
    assert not PartyRole.objects.exists()
    assert faults() == []
