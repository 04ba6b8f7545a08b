"""The history and the causes of a row, as people read them."""

import pytest
from django.utils import timezone

from kantoor.kernel.actions.context import because_of
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import Conflict, NotAllowed, NotFound
from kantoor.kernel.parties.models import Party, PartyRole
from kantoor.kernel.record import links
from kantoor.kernel.record.acts import acts
from kantoor.kernel.record.history import history
from kantoor.kernel.record.models import Record
from kantoor.kernel.record.tests.office import (
    call_for_test,
    founded,
    organisation,
    perform,
    person,
    user_of,
    write_for_test,
)
from kantoor.kernel.record.why import why
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows


def only(permissions: set[str], actor: Actor) -> Actor:
    return Actor(
        user_id=actor.user_id,
        name=actor.name,
        company_id=actor.company_id,
        permissions=frozenset(permissions),
    )


def test_history_tells_who_changed_what_from_what_to_what(anne: Actor) -> None:
    party = organisation(anne)
    perform(anne, lambda: Party.objects.filter(pk=party.pk).update(city="Assen"))
    changed, created = history(anne, of="kernel.party", key=party.pk)
    assert (changed.who, changed.operation, changed.title) == (
        "Anne de Vries",
        "changed",
        "Write for a test",
    )
    assert [(f.field, f.before, f.after) for f in changed.fields] == [("city", None, "Assen")]
    told = {f.field: f.after for f in created.fields}
    assert created.operation == "created"
    assert told["name"] == "Molen BV"
    assert told["company"] == "Bakkerij De Ster"
    assert told["created_at"].tzinfo is not None
    assert "id" not in told


def test_history_of_what_is_deleted_ends_with_that(anne: Actor) -> None:
    party = organisation(anne)
    role = perform(anne, lambda: PartyRole.objects.create(party=party, role="customer"))
    key = role.pk
    perform(anne, lambda: role.delete())
    assert [step.operation for step in history(anne, of="kernel_party_role", key=key)] == [
        "deleted",
        "created",
    ]


def test_personal_data_of_the_past_needs_its_own_permission(anne: Actor) -> None:
    party = person(anne)
    (step,) = history(anne, of="kernel.party", key=party.pk)
    assert "Jan Pietersen" in [field.after for field in step.fields]
    reader = only({"kernel.read_history"}, anne)
    (step,) = history(reader, of="kernel.party", key=party.pk)
    assert (step.fields, step.hidden) == ([], "personal")
    with pytest.raises(NotAllowed):
        history(only({"kernel.other"}, anne), of="kernel.party", key=party.pk)


def test_secrets_are_not_shown_in_history(anne: Actor) -> None:
    perform(anne, lambda: User.objects.filter(pk=user_of(anne)).update(password="argon2$secret"))
    found = history(anne, of="kernel.user", key=user_of(anne))
    assert "argon2$secret" not in str(found)
    assert [field.after for field in found[0].fields] == ["•••"]


def test_history_of_another_company_s_row_does_not_exist(anne: Actor) -> None:
    party = organisation(anne)
    piet = founded("Garage Vos")
    with pytest.raises(NotFound):
        history(piet, of="kernel.party", key=party.pk)
    with pytest.raises(NotFound):
        history(anne, of="kernel.party", key=party.pk + 100)
    with pytest.raises(NotFound):
        history(anne, of="kernel.nothing", key=1)
    with pytest.raises(NotFound):
        why(piet, reference=f"kernel.party/{party.pk}")


def test_a_row_is_traced_through_acts_back_to_the_event(anne: Actor) -> None:
    made: list[Party] = []

    def inner() -> None:
        made.append(organisation_now(anne))

    with because_of("event:webshop/536365"):
        write_for_test(anne, work=lambda: call_for_test(anne, work=inner))
    chain = why(anne, reference=f"kernel.party/{made[0].pk}")
    assert [(each.kind, each.depth) for each in chain] == [("row", 0), ("action", 1), ("event", 2)]
    assert chain[0].reference == f"kernel.party/{made[0].pk}"
    assert chain[0].title == "Call another"
    assert chain[1].title == "Write for a test"
    assert chain[2].reference == "event:webshop/536365"
    assert chain[0].who == "Anne de Vries"


def organisation_now(actor: Actor) -> Party:
    return Party.objects.create(company_id=actor.company_id, code="N", created_at=timezone.now())


def test_departments_tell_what_their_rows_come_from(
    anne: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = organisation(anne)
    role = perform(anne, lambda: PartyRole.objects.create(party=party, role="customer"))
    monkeypatch.setitem(
        links._origins,
        "kernel.party_role",
        lambda _company, key: [f"kernel.party/{PartyRole.objects.get(pk=key).party_id}", ""],
    )
    # A circle must end.
    monkeypatch.setitem(links._origins, "kernel.party", lambda *_: [f"kernel.party_role/{role.pk}"])
    chain = why(anne, reference=f"kernel.party_role/{role.pk}")
    assert [each.reference for each in chain] == [
        f"kernel.party_role/{role.pk}",
        f"kernel.party/{party.pk}",
    ]


def test_one_row_among_many_is_found_with_its_act(anne: Actor) -> None:
    party = organisation(anne)

    def many() -> int:
        first = take_ids(PartyRole, 60)
        insert_rows(PartyRole, [(first + n, party.pk, f"role{n}") for n in range(60)])
        return first

    first = perform(anne, many)
    perform(anne, lambda: _rename(first + 3, first + 50))
    assert [s.operation for s in history(anne, of="kernel.party_role", key=first + 4)] == [
        "created"
    ]
    (changed, _) = history(anne, of="kernel.party_role", key=first + 50)
    assert [(f.before, f.after) for f in changed.fields] == [("role50", f"other{first + 50}")]


def _rename(*keys: int) -> None:
    roles = list(PartyRole.objects.filter(pk__in=keys))
    for role in roles:
        role.role = f"other{role.pk}"
    PartyRole.objects.bulk_update(roles, ["role"])


def test_the_record_is_listed_for_one_company(anne: Actor) -> None:
    piet = founded("Garage Vos")
    organisation(piet)
    party = organisation(anne)

    def refuse() -> None:
        concerns(f"kernel.party/{party.pk}")
        raise Conflict("no")

    with pytest.raises(Conflict):
        perform(anne, refuse)
    page = acts(anne)
    assert [act.outcome for act in page.rows] == ["refused", "done"]
    assert {act.who for act in page.rows} == {"Anne de Vries"}
    assert acts(anne, outcome="refused").rows[0].about == f"kernel.party/{party.pk}"
    assert acts(anne, about=f"kernel.party/{party.pk}").rows[0].code == "conflict"
    assert acts(anne, action="finance.").rows == []
    first = acts(anne, limit=1)
    assert acts(anne, limit=1, cursor=first.next_cursor).rows[0].outcome == "done"
    middle = page.rows[0].at
    assert [a.outcome for a in acts(anne, until=middle).rows] == ["done"]
    assert [a.outcome for a in acts(anne, since=middle).rows] == ["refused"]
    with pytest.raises(NotAllowed):
        acts(only({"sales.*"}, anne))


def test_acts_are_listed_in_few_statements_whatever_their_number(
    anne: Actor, django_assert_num_queries: object
) -> None:
    for n in range(12):
        organisation(anne, code=f"A{n}")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(acts(anne).rows) == 12
    assert Record.objects.count() > 12
