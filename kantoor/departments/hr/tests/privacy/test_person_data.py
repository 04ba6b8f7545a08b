"""One's own data in one file, nobody else's in it; and who looked at it."""

import io
import json
import zipfile
from dataclasses import replace
from typing import IO

import pytest
from django.test import Client

from kantoor.departments.hr.actions.expenses.claiming import claim_expense
from kantoor.departments.hr.drafts_expenses import Receipt
from kantoor.departments.hr.errors_privacy import NotYoursToGive
from kantoor.departments.hr.queries.privacy.person_data import my_data, person_data
from kantoor.departments.hr.queries.privacy.registers import looks, looks_at_me
from kantoor.departments.hr.tests.expenses.office import PNG, Office, begin_office
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import NotAllowed, NotFound
from kantoor.kernel.looks.noting import note_looks
from tests.founded import PASSWORD


@pytest.fixture
def office(staff: Staff) -> Office:
    """A company where Emma and her manager each claimed something."""
    office = begin_office(staff)
    receipt = Receipt(name="bon.png", content=PNG)
    claim_expense(office.emma, expense=office.draft(text="=Emma's drill"), receipt=receipt)
    claim_expense(office.mo, expense=office.draft(text="Mo's hammer"))
    return office


def opened(archive: IO[bytes]) -> dict[str, bytes]:
    """The parts of an archive by their names."""
    with archive, zipfile.ZipFile(io.BytesIO(archive.read())) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_a_person_gets_all_their_data_and_nobody_elses(office: Office) -> None:
    parts = opened(my_data(office.emma))
    index = json.loads(parts["index.json"])
    for table in ("kernel_party", "hr_employment", "hr_contract_version", "hr_expense_line"):
        assert index[table] == 1, index
    whole = b"".join(parts.values()).decode("utf-8", "replace")
    assert "Emma de Wit" in whole and "111222333" in whole and "Emma's drill" in whole
    assert "Mo Haddad" not in whole and "hammer" not in whole and "Piet Vos" not in whole
    assert [part for name, part in parts.items() if name.startswith("files/")] == [PNG]
    assert '"password":' not in whole and "session_salt" not in whole
    assert b"'=Emma's drill" in parts["data/hr_expense_line.csv"]


def test_of_somebody_else_only_who_may_see_all_of_it(office: Office) -> None:
    for who in (office.staff.helen, office.mo):
        with pytest.raises(NotAllowed):
            person_data(who, party="E1")
    gives = replace(office.staff.helen, permissions=frozenset({"hr.give_data", "hr.see_sickness"}))
    with pytest.raises(NotYoursToGive):
        person_data(gives, party="E1")
    everything = replace(office.staff.helen, permissions=frozenset({"hr.*"}))
    assert "index.json" in opened(person_data(everything, party="E1"))
    with pytest.raises(NotFound):
        person_data(everything, party="NOBODY")
    assert [(row.by, row.kind) for row in looks_at_me(office.emma).rows] == [("Helen", "export")]


def test_who_looked_is_seen_by_the_person_and_by_who_watches(office: Office) -> None:
    helen, emma = office.staff.helen, office.emma
    note_looks(helen, "pay", "hr.salaries", ["E1", "M1"])
    assert [row.by for row in looks_at_me(emma).rows] == ["Helen"]
    watcher = replace(helen, permissions=frozenset({"hr.see_looks"}))
    assert {row.person for row in looks(watcher).rows} == {"Emma de Wit", "Mo Haddad"}
    assert len(looks(watcher, search="emma", kind="pay").rows) == 1
    with pytest.raises(NotAllowed):
        looks(helen)


def test_pages_give_it(office: Office) -> None:
    client = Client()
    client.post("/sign-in", {"user": "emma", "password": PASSWORD})
    answer = client.get("/hr/my-data")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert client.get("/hr/looks-at-me").status_code == 200
    assert client.get("/hr/data-of/E1").status_code == 403
