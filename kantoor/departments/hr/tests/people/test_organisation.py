"""The organisation over time, deputies while a manager is away, and documents that expire."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.hr.actions.people.deputies import (
    DeputyDraft,
    name_deputies,
    name_deputy,
    name_own_deputy,
    withdraw_own_deputy,
)
from kantoor.departments.hr.actions.people.documents import (
    DocumentDraft,
    add_document,
    add_documents,
    close_document,
    close_documents,
)
from kantoor.departments.hr.actions.people.units import (
    UnitChange,
    UnitDraft,
    add_units,
    change_unit,
    change_units,
)
from kantoor.departments.hr.errors_people import UnitLoop
from kantoor.departments.hr.queries.people.documents import documents
from kantoor.departments.hr.queries.people.organisation import organisation
from kantoor.departments.hr.queries.people.own import people_of
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.departments.hr.tests.people.test_pages import page
from kantoor.kernel.errors import InvalidInput, NotFound, Refusals

JUNE = date(2024, 6, 1)
BEFORE = JUNE - timedelta(days=1)


def units(staff: Staff) -> None:
    add_units(
        staff.helen,
        units=[
            UnitDraft(code="all", name="Bakker", head="M1"),
            UnitDraft(code="shop", name="Shop", within="all"),
            UnitDraft(code="web", name="Web shop", within="shop"),
        ],
    )
    staff.hire("W1", unit="web")
    staff.hire("S1", unit="shop")


def chart(staff: Staff, day: date) -> list[tuple[int, str, int, int]]:
    return [
        (each.depth, each.name, each.people, each.people_with_all_within)
        for each in organisation(staff.helen, on=day)
    ]


def test_the_organisation_is_shown_as_it_is_on_a_day(staff: Staff) -> None:
    units(staff)
    change_units(
        staff.helen,
        changes=[
            UnitChange(code="web", from_day=JUNE, within="all", name="Online"),
            UnitChange(code="shop", from_day=date(2024, 9, 1), closed=True),
        ],
    )
    assert chart(staff, BEFORE) == [(0, "Bakker", 0, 2), (1, "Shop", 1, 2), (2, "Web shop", 1, 1)]
    assert chart(staff, JUNE) == [(0, "Bakker", 0, 2), (1, "Online", 1, 1), (1, "Shop", 1, 1)]
    change_unit(staff.helen, change=UnitChange(code="web", from_day=JUNE, head="E1"))
    assert [e.head for e in organisation(staff.helen, on=JUNE)] == ["M1", "E1", ""]
    assert chart(staff, date(2024, 9, 1)) == [(0, "Bakker", 0, 1), (1, "Online", 1, 1)]
    with CaptureQueriesContext(connection) as caught:
        organisation(staff.helen)
    assert len(caught) == 2
    shown = page(staff.helen, "/hr/organisation?on=2024-05-31")
    assert "Web shop" in shown
    assert "Mo Haddad" in shown
    page(staff.helen, "/hr/organisation?on=never")


def test_a_unit_is_never_within_itself(staff: Staff) -> None:
    units(staff)
    with pytest.raises(UnitLoop):
        change_unit(staff.helen, change=UnitChange(code="all", from_day=JUNE, within="web"))
    change_unit(staff.helen, change=UnitChange(code="web", from_day=JUNE, within=""))
    change_unit(staff.helen, change=UnitChange(code="all", from_day=JUNE, within="web"))
    with pytest.raises(UnitLoop):
        change_unit(staff.helen, change=UnitChange(code="all", from_day=BEFORE, within="web"))


def test_a_deputy_manages_while_the_manager_is_away(staff: Staff) -> None:
    name_own_deputy(staff.mo, deputy="E1", starts_on=JUNE, ends_on=JUNE + timedelta(days=7))
    assert people_of(staff.emma, JUNE) == {staff.party("E2")}
    assert people_of(staff.emma, JUNE + timedelta(days=8)) == set()
    assert people_of(staff.emma, BEFORE) == set()
    assert people_of(staff.mo, JUNE) == {staff.party("E1"), staff.party("E2")}
    with pytest.raises(InvalidInput):
        name_own_deputy(staff.mo, deputy="M1", starts_on=JUNE, ends_on=JUNE)


def test_hr_names_deputies_and_managers_withdraw_their_own(staff: Staff) -> None:
    today = timezone.localdate()
    draft = DeputyDraft(
        manager="M1", deputy="E1", starts_on=today, ends_on=today + timedelta(days=9)
    )
    name_deputy(staff.helen, deputy=draft)
    name_deputies(staff.helen, deputies=[draft])
    assert people_of(staff.emma, today) == {staff.party("E2")}
    with pytest.raises(NotFound):
        withdraw_own_deputy(staff.emma, deputy="E1")
    withdraw_own_deputy(staff.mo, deputy="E1")
    assert people_of(staff.emma, today) == set()
    wrong = DeputyDraft(manager="X", deputy="Y", starts_on=today, ends_on=BEFORE)
    with pytest.raises(Refusals) as refused:
        name_deputies(staff.helen, deputies=[draft, wrong])
    places = [(e.place.line, e.place.field) for e in refused.value.errors]
    assert places == [(2, "manager"), (2, "deputy"), (2, "ends_on")]


def test_documents_that_expire_are_told_in_time(staff: Staff) -> None:
    today = timezone.localdate()

    def draft(title: str, days: int | None, warn_days: int = 60) -> DocumentDraft:
        until = None if days is None else today + timedelta(days=days)
        return DocumentDraft(
            employee="E1", kind="permit", title=title, expires_on=until, warn_days=warn_days
        )

    add_documents(
        staff.helen, documents=[draft("Old", -1), draft("Soon", 30), draft("Never", None)]
    )
    key = add_document(staff.helen, document=draft("Later", 30, warn_days=10))

    def titles(state: str) -> list[str]:
        rows = documents(staff.helen, state=state).rows  # type: ignore[arg-type]
        return sorted(row.title for row in rows)

    assert titles("expiring") == ["Old", "Soon"]
    assert titles("expired") == ["Old"]
    assert titles("open") == ["Later", "Never", "Old", "Soon"]
    assert "Soon" in page(staff.helen, "/hr/documents")
    assert "Soon" in page(staff.helen, "/hr/employees/E1")
    close_document(staff.helen, document=key)
    close_documents(staff.helen, documents=[key])
    assert titles("open") == ["Never", "Old", "Soon"]
    with pytest.raises(NotFound):
        close_document(staff.helen, document=key + 99)


def test_wrong_documents_are_told_by_row(staff: Staff) -> None:
    rows = [
        DocumentDraft(employee="X", kind="permit", title="A"),
        DocumentDraft(employee="E1", kind="permit", title="", warn_days=999, file=12345),
    ]
    with pytest.raises(Refusals) as refused:
        add_documents(staff.helen, documents=rows)
    places = [(e.place.line, e.place.field) for e in refused.value.errors]
    assert places == [(1, "employee"), (2, "title"), (2, "warn_days"), (2, "file")]
