"""`verify` on rows: what is missing, extra or changed, by table, row and column."""

from collections.abc import Iterator

import pytest
from django.db import connection

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import IdempotencyKey
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.models import Party, PartyRole
from kantoor.kernel.record.bodies import CHUNK, SPAN, bodies
from kantoor.kernel.record.erasure import Subject, new_subjects
from kantoor.kernel.record.tests.office import (
    by_hand,
    faults,
    founded,
    organisation,
    perform,
    person,
    places,
)
from kantoor.kernel.record.verify import rows, window
from kantoor.kernel.record.verify.derived import derived_tables
from kantoor.kernel.record.verify.passing import PASSING
from kantoor.kernel.record.verify.provers import provers
from kantoor.kernel.record.verify.system import verify
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.tables import kept_models, layout_of


def test_a_changed_cell_is_told_with_what_it_was(anne: Actor) -> None:
    party = organisation(anne)
    by_hand("UPDATE kernel_party SET city = 'Assen' WHERE id = %s", party.pk)
    (fault,) = faults()
    assert fault.where == f"kernel_party row {party.pk} column city"
    assert fault.what == "was changed from “” to “Assen”"


def test_identifiers_that_nothing_has_cost_nothing_and_hide_nothing(
    anne: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = organisation(anne)
    role = perform(anne, lambda: PartyRole.objects.create(pk=5 << 32, party=party, role="customer"))
    stretches: list[tuple[int, int]] = []
    told = rows._stretches

    def telling(table: rows.Table) -> Iterator[tuple[int, int]]:
        for stretch in told(table):
            if table.name == "kernel_party_role":
                stretches.append(stretch)
            yield stretch

    monkeypatch.setattr(rows, "_stretches", telling)
    assert "kernel_party_role row" not in "".join(places())
    assert len(stretches) <= 2
    for key in (role.pk - 1, 1 << 30):
        by_hand(
            "INSERT INTO kernel_party_role (id, party_id, role) VALUES (%s, %s, 'supplier')",
            key,
            party.pk,
        )
        assert f"kernel_party_role row {key}" in places()
        by_hand("DELETE FROM kernel_party_role WHERE id = %s", key)
    by_hand("DELETE FROM kernel_party_role WHERE id = %s", role.pk)
    assert f"kernel_party_role row {role.pk}" in places()


@pytest.mark.parametrize("key", [2**63 - 1, 2**63 - SPAN])
def test_the_highest_identifier_that_a_database_holds_is_proved_too(anne: Actor, key: int) -> None:
    party = organisation(anne)
    perform(anne, lambda: PartyRole.objects.create(pk=key, party=party, role="customer"))
    assert places() == []
    by_hand("UPDATE kernel_party_role SET role = 'supplier' WHERE id = %s", key)
    assert places() == [f"kernel_party_role row {key} column role"]
    by_hand("DELETE FROM kernel_party_role WHERE id = %s", key)
    assert places() == [f"kernel_party_role row {key}"]


@pytest.mark.parametrize("key", [2**63 - 1, 0, -1, -(2**63)])
def test_a_row_put_beyond_what_was_given_out_is_named(anne: Actor, key: int) -> None:
    party = organisation(anne)
    sql = "INSERT INTO kernel_party_role (id, party_id, role) VALUES (%s, %s, 'supplier')"
    by_hand(sql, key, party.pk)
    assert places() == [f"kernel_party_role row {key}"]


def test_personal_data_is_not_repeated_in_a_fault(anne: Actor) -> None:
    party = person(anne)
    by_hand("UPDATE kernel_party SET name = 'Piet' WHERE id = %s", party.pk)
    (fault,) = faults()
    assert fault.where == f"kernel_party row {party.pk} column name"
    assert fault.what == "was changed"


def test_rows_that_are_gone_or_were_put_there_are_named(anne: Actor) -> None:
    first, second = organisation(anne, code="A"), organisation(anne, code="B")
    by_hand("DELETE FROM kernel_party WHERE id = %s", first.pk)
    names = ", ".join(connection.ops.quote_name(c) for c in layout_of(Party).columns[1:])
    copied = names.replace('"code"', "'C'")
    by_hand(
        f"INSERT INTO kernel_party (id, {names}) SELECT %s, {copied}"  # noqa: S608
        " FROM kernel_party WHERE id = %s",
        second.pk + 40,
        second.pk,
    )
    assert set(places()) >= {f"kernel_party row {first.pk}", f"kernel_party row {second.pk + 40}"}


def test_a_row_deleted_by_an_action_is_proved_to_be_gone(anne: Actor) -> None:
    party = organisation(anne)
    role = perform(anne, lambda: PartyRole.objects.create(party=party, role="customer"))
    key = role.pk
    perform(anne, lambda: role.delete())
    assert faults() == []
    by_hand(
        "INSERT INTO kernel_party_role (id, party_id, role) VALUES (%s, %s, 'customer')",
        key,
        party.pk,
    )
    (fault,) = faults()
    assert (fault.where, fault.what) == (
        f"kernel_party_role row {key}",
        "was deleted, and is there again",
    )


def test_a_sealed_row_that_was_changed_is_named(anne: Actor) -> None:
    _keys(anne, 3)
    by_hand("UPDATE kernel_idempotency_key SET answer = '7' WHERE key = 'key 2'")
    (found,) = run("SELECT id FROM kernel_idempotency_key WHERE key = 'key 2'")
    assert places() == [f"kernel_idempotency_key row {found[0]}"]


def _keys(actor: Actor, count: int) -> None:
    """Sealed rows, through the ORM."""
    columns = {"actor_id": 1, "request": "", "answer": "", "at": 1}
    also = {
        field.attname: actor.company_id if field.attname == "company_id" else None
        for field in IdempotencyKey._meta.concrete_fields
        if field.attname not in {*columns, "id", "key"}
    }
    perform(
        actor,
        lambda: IdempotencyKey.objects.bulk_create(
            [IdempotencyKey(key=f"key {n}", **columns, **also) for n in range(count)]
        ),
    )


def test_a_person_whose_key_was_tampered_with_cannot_be_proved(anne: Actor) -> None:
    party = person(anne)
    by_hand("UPDATE kernel_subject SET salt = %s WHERE id = %s", b"x" * 16, party.subject_id)
    found = {fault.where: fault.what for fault in faults()}
    assert found[f"kernel_subject row {party.subject_id}"].startswith("was changed")
    assert found[f"kernel_party row {party.pk}"] == (
        "can't be proved: the key of its person is gone"
    )


def test_a_key_that_somebody_deleted_by_hand_is_missed(anne: Actor) -> None:
    party = person(anne)
    by_hand("DELETE FROM kernel_subject WHERE id = %s", party.subject_id)
    assert set(places()) == {
        f"kernel_subject row {party.subject_id}",
        f"kernel_party row {party.pk}",
    }


@pytest.mark.sqlite_only
def test_truth_is_compared_as_it_stands_in_the_cell(anne: Actor) -> None:
    # The driver would read every number but 1 as False.
    by_hand("UPDATE kernel_user SET administrator = 7 WHERE id = %s", anne.user_id)
    assert places() == [f"kernel_user row {anne.user_id} column administrator"]


def test_windows_together_see_every_row(anne: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(7):
        organisation(anne, code=f"A{n}")
    _keys(anne, 11)
    perform(anne, lambda: Party.objects.filter(code__in=["A0", "A5"]).update(city="Assen"))
    monkeypatch.setattr("kantoor.kernel.record.verify.rows.ROWS", 3)
    found = verify()
    assert faults(found) == []
    assert found.checked["kernel_party"] == 7
    by_hand("UPDATE kernel_party SET city = '' WHERE code = 'A5'")
    (key,) = run("SELECT id FROM kernel_party WHERE code = 'A5'")[0]
    assert places() == [f"kernel_party row {key} column city"]


def test_changes_stay_small_enough_to_be_found_by_key() -> None:
    width = len(layout_of(PartyRole).columns)
    keys = [1, 2, SPAN, SPAN + 1, 9 * SPAN]
    rows = [(key, *[1] * (width - 1)) for key in keys]
    parts = [(first, last) for _, _, _, first, last, _, _ in bodies(PartyRole, "u", rows)]
    assert parts == [(1, 2), (SPAN, SPAN + 1), (9 * SPAN, 9 * SPAN)]
    many = [(key, *[1] * (width - 1)) for key in range(1, CHUNK + 2)]
    assert [(first, last) for _, _, _, first, last, _, _ in bodies(PartyRole, "u", many)] == [
        (1, CHUNK),
        (CHUNK + 1, CHUNK + 1),
    ]


def test_what_is_inserted_fast_is_as_what_is_read_back(anne: Actor) -> None:
    # Booleans, dates and instants too: the two ways of writing must agree on their form.
    columns = layout_of(Party).columns
    values = {
        "id": 0,
        "subject_id": None,
        "company_id": anne.company_id,
        "created_at": "2026-01-02 03:04:05.000006",
        "erased_at": None,
    }

    def fast() -> None:
        first = take_ids(Party, 2)
        rows = [
            tuple({**values, "id": first + n, "code": f"F{n}"}.get(c, "") for c in columns)
            for n in range(2)
        ]
        insert_rows(Party, rows)

    perform(anne, fast)
    assert faults() == []
    perform(anne, lambda: Party.objects.filter(code="F0").update(name="Later"))
    assert faults() == []


def test_identifiers_taken_twice_before_they_are_used_are_not_the_same(anne: Actor) -> None:
    def take() -> tuple[int, int]:
        return take_ids(Party, 3), take_ids(Party, 2)

    first, second = perform(anne, take)
    assert second == first + 3


@pytest.mark.sqlite_only
def test_counters_of_identifiers_are_proved(anne: Actor) -> None:
    organisation(anne)
    by_hand("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'kernel_party'")
    assert places() == ["sqlite_sequence row kernel_party column seq"]
    by_hand("DELETE FROM sqlite_sequence WHERE name = 'kernel_party'")
    assert places() == ["sqlite_sequence row kernel_party"]
    by_hand("INSERT INTO sqlite_sequence VALUES ('kernel_party', 1)")
    by_hand("INSERT INTO sqlite_sequence VALUES ('nothing', 1)")
    assert places() == ["sqlite_sequence row nothing"]


def test_applied_migrations_are_compared_with_the_code(anne: Actor) -> None:
    by_hand(
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('kernel', '0999_unknown', '2026-01-01 00:00:00')"
    )
    (key,) = run("SELECT max(id) FROM django_migrations")[0]
    assert places() == [f"django_migrations row {key}"]
    by_hand("DELETE FROM django_migrations WHERE name = '0999_unknown'")
    by_hand("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert places() == ["django_migrations row of sessions.0001_initial"]


def test_a_counter_that_nothing_has_is_named(anne: Actor) -> None:
    perform(anne, lambda: take_numbers("kernel.nothing/1", 3))
    assert places() == ["kernel_series row kernel.nothing/1"]


def test_a_strange_table_or_column_is_named(anne: Actor) -> None:
    by_hand("CREATE TABLE extra (id integer PRIMARY KEY)")
    by_hand("ALTER TABLE kernel_party ADD COLUMN extra text")
    assert places() == ["kernel_party column extra", "extra"]


def test_two_companies_are_proved_alike(anne: Actor) -> None:
    piet = founded("Garage Vos")
    person(anne), person(piet)
    assert faults() == []


def test_a_person_has_a_key_that_exists(anne: Actor) -> None:
    subjects = perform(anne, lambda: list(new_subjects(1)))
    perform(anne, lambda: Subject.objects.filter(pk=subjects[0]).delete())
    with pytest.raises(AssertionError, match="without a key"):
        perform(
            anne,
            lambda: Party.objects.create(
                subject_id=subjects[0],
                company_id=anne.company_id,
                code="D2",
                created_at="2026-01-01 00:00:00+00:00",
            ),
        )


# --- contracts: every table of the installation, whoever declares it


def test_every_table_says_how_it_is_kept() -> None:
    silent = [
        model._meta.db_table
        for model in kept_models()
        if not isinstance(getattr(model, "kept", None), Kept)
        and model._meta.db_table not in PASSING
    ]
    assert silent == ["django_migrations"] or silent == []


def test_every_passing_table_has_a_reason() -> None:
    passing = [m._meta.db_table for m in kept_models() if getattr(m, "kept", 0) is Kept.PASSING]
    assert set(passing) <= set(PASSING)
    assert all(reason.strip() for reason in PASSING.values())


def test_every_derived_table_has_a_prover() -> None:
    assert set(derived_tables()) <= set(provers())


def test_every_table_with_personal_data_says_what_remains_of_it() -> None:
    personal = [model for model in kept_models() if getattr(model, "subject_field", "")]
    assert personal
    for model in personal:
        blanks = model.erased_as  # type: ignore[attr-defined]
        assert blanks, f"{model.__name__} has no erased_as"
        names = {field.name for field in model._meta.concrete_fields}
        assert set(blanks) <= names


def test_no_row_goes_because_another_goes() -> None:
    # A cascade would delete rows that no act speaks of.
    for model in kept_models():
        if getattr(model, "kept", None) in (Kept.SEALED, Kept.STATE):
            for field in model._meta.concrete_fields:
                rule = getattr(field.remote_field, "on_delete", None)
                assert rule is None or rule.__name__ in ("PROTECT", "RESTRICT"), field


def test_a_window_holds_less_than_twenty_megabytes() -> None:
    assert window.ROWS * 17 < 20_000_000


def test_a_department_that_is_left_out_is_no_fault(
    anne: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand("CREATE TABLE garden_balance (id integer PRIMARY KEY)")
    by_hand(
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('garden', '0001_initial', '2026-01-01 00:00:00')"
    )
    assert len(places()) == 2
    for module in ("passing", "django_tables"):
        monkeypatch.setattr(
            f"kantoor.kernel.record.verify.{module}.absent_departments", lambda: ("garden",)
        )
    assert places() == []
