"""Users: added, changed, closed; by whom, and by whom not."""

import pytest

from kantoor.kernel.actors.actor import actor_for
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.passwords import WeakPassword, is_right
from kantoor.kernel.actors.registers import companies, user, users
from kantoor.kernel.actors.users import (
    add_user,
    change_password,
    change_user,
    choose_language,
    deactivate_user,
    reactivate_user,
    reset_password,
)
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.record.models import Record
from tests.founded import PASSWORD, found

pytestmark = pytest.mark.django_db


def test_a_user_is_added_with_a_role_and_a_password_that_must_be_changed() -> None:
    house = found()
    made = add_user(house.administrator, sign_in="Anne", name="Anne  de Vries", roles=["auditor"])
    anne = User.objects.get(sign_in="anne")
    assert anne.name == "Anne de Vries"
    assert is_right(anne, made.password)
    assert anne.password_is_temporary
    assert user(house.administrator, sign_in="anne").roles == ["auditor"]
    assert actor_for(anne, house.company).may("finance.read_ledger")
    assert not actor_for(anne, house.company).may("finance.post_entry")


def test_a_machine_has_no_password() -> None:
    house = found()
    made = add_user(
        house.administrator, sign_in="shop", name="Shop", kind="machine", roles=["sales_desk"]
    )
    assert made.password == ""
    with pytest.raises(InvalidInput):
        reset_password(house.administrator, user="shop")


@pytest.mark.parametrize("sign_in", ["", "a", "has space", "UPPER ", "-x", "ü" * 3, "a" * 151])
def test_a_name_to_sign_in_with_is_plain(sign_in: str) -> None:
    house = found()
    if sign_in.strip().lower() == "upper":
        assert add_user(house.administrator, sign_in=sign_in, name="U").sign_in == "upper"
        return
    with pytest.raises(InvalidInput) as refused:
        add_user(house.administrator, sign_in=sign_in, name="Someone")
    assert refused.value.place.field == "sign_in"


def test_a_name_that_is_taken_is_refused() -> None:
    house = found()
    house.person("anne", "auditor")
    with pytest.raises(Conflict):
        add_user(house.administrator, sign_in="ANNE", name="Another")


@pytest.mark.parametrize(
    "password", ["short", "password1234", "aaaaaaaaaaaaaa", "anne-2026-anne", "x" * 201]
)
def test_a_weak_password_is_refused(password: str) -> None:
    house = found()
    with pytest.raises(WeakPassword):
        add_user(house.administrator, sign_in="anne", name="Anne", password=password)


def test_one_changes_ones_own_password_and_all_sessions_end() -> None:
    house = found()
    anne = house.person("anne", "auditor")
    salt = User.objects.get(sign_in="anne").session_salt
    with pytest.raises(InvalidInput):
        change_password(anne, current="wrong", new="seven yellow finches")
    with pytest.raises(WeakPassword):
        change_password(anne, current=PASSWORD, new="short")
    change_password(anne, current=PASSWORD, new="seven yellow finches")
    after = User.objects.get(sign_in="anne")
    assert is_right(after, "seven yellow finches")
    assert after.session_salt != salt


def test_the_present_password_can_not_be_guessed_for_long() -> None:
    house = found()
    anne = house.person("anne", "auditor")
    for _ in range(10):
        with pytest.raises(InvalidInput):
            change_password(anne, current="wrong", new="seven yellow finches")
    with pytest.raises(NotAllowed):
        change_password(anne, current=PASSWORD, new="seven yellow finches")


def test_no_password_stands_in_the_record() -> None:
    house = found()
    anne = house.person("anne", "auditor")
    change_password(anne, current=PASSWORD, new="seven yellow finches")
    kept = b"".join(bytes(row.request) + bytes(row.changes) for row in Record.objects.all())
    assert b"finches" not in kept
    assert b"herons" not in kept


def test_a_closed_account_does_nothing_until_it_is_opened() -> None:
    house = found()
    house.person("anne", "auditor")
    deactivate_user(house.administrator, user="anne")
    with pytest.raises(NotAllowed):
        house.again("anne")
    reactivate_user(house.administrator, user="anne")
    assert house.again("anne").may("finance.read_ledger")


def test_the_last_administrator_stays() -> None:
    house = found()
    with pytest.raises(Conflict):
        deactivate_user(house.administrator, user="admin")
    add_user(house.administrator, sign_in="second", name="Second", administrator=True)
    second = house.again("second")
    change_user(second, user="admin", administrator=False)
    with pytest.raises(Conflict):
        deactivate_user(second, user="second")


def test_nobody_changes_their_own_rights() -> None:
    house = found()
    with pytest.raises(NotAllowed):
        change_user(house.administrator, user="admin", administrator=False)


def test_who_manages_users_of_one_company_makes_no_administrators() -> None:
    house = found()
    manager = house.person("mia", "administrator")
    with pytest.raises(NotAllowed):
        add_user(manager, sign_in="new", name="New", roles=["auditor"], administrator=True)
    assert not User.objects.filter(sign_in="new").exists()
    house.person("anne", "auditor")
    with pytest.raises(NotAllowed):
        change_user(manager, user="anne", administrator=True)
    with pytest.raises(InvalidInput):
        add_user(manager, sign_in="roleless", name="Roleless")


def test_people_of_another_company_are_not_there() -> None:
    house = found()
    other = found("Slager BV")
    other.person("piet", "bookkeeper")
    manager = house.person("mia", "administrator")
    assert [row.sign_in for row in users(manager).rows] == ["mia"]
    for change in (change_user, deactivate_user, reset_password):
        with pytest.raises(NotFound):
            change(manager, user="piet")


def test_a_user_of_two_companies_is_an_administrators_business() -> None:
    house = found()
    other = found("Slager BV")
    house.person("piet", "bookkeeper")
    from kantoor.kernel.actors.roles import grant_role

    grant_role(other.administrator, user="piet", role="bookkeeper")
    manager = house.person("mia", "administrator")
    with pytest.raises(NotAllowed):
        reset_password(manager, user="piet")
    assert reset_password(house.administrator, user="piet").password
    piet = house.again("piet")
    assert [row.name for row in companies(piet)] == ["Bakker BV", "Slager BV"]


def test_one_chooses_ones_language() -> None:
    house = found()
    anne = house.person("anne", "auditor")
    choose_language(anne, language="en")
    assert User.objects.get(sign_in="anne").language == "en"
    with pytest.raises(InvalidInput):
        choose_language(anne, language="xx")


def test_lists_of_users_take_a_fixed_number_of_statements(
    django_assert_max_num_queries: pytest.FixtureDef[object],
) -> None:
    house = found()
    for number in range(12):
        house.person(f"person{number}", "auditor", "employee")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        page = users(house.administrator, search="person", limit=10)
    assert len(page.rows) == 10
    assert page.count == 12
    assert page.rows[0].roles == ["auditor", "employee"]
