"""Lists of employees: a message for each cell that is wrong, and nothing half done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.hr.actions.people import hiring
from kantoor.departments.hr.actions.people.hiring import take_in_employees
from kantoor.departments.hr.formats.employees import read_employees
from kantoor.departments.hr.models import ContractVersion, Employment
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals

HEAD = "employee;name;start;hours_mon;hours_tue;manager;bsn;iban;birth_date;kind\n"


def good(n: int) -> str:
    return f"L{n};Person {n};2024-03-01;8;7,6;M1;;NL91ABNA0417164300;31-12-1980;permanent\n"


def test_a_list_is_taken_in(staff: Staff) -> None:
    codes = take_in_employees(staff.helen, rows="\ufeff" + HEAD + good(1) + "\n" + good(2))
    assert codes == ["L1", "L2"]
    version = ContractVersion.objects.get(employment__party_id=staff.party("L2"))
    assert (version.mon, version.tue, version.manager_id) == (480, 456, staff.party("M1"))


def test_each_wrong_cell_is_named_with_its_line_and_nothing_is_done(staff: Staff) -> None:
    bad = {
        7: "L;Bad day;31/31/2024;8;8;;;;;",
        19: ";No day;;8;8;;;;;",
        40: ";Hours;2024-03-01;eight;25;;;;;",
        55: ";Numbers;2024-03-01;8;8;;123456789;NL91ABNA0417164301;2999-01-01;",
        60: ";;2024-03-01;8;8;nobody;;;;",
        77: ";Kind;2024-03-01;8;8;;;;;forever",
        99: "E1;Emma;2024-03-01;8;8;;;;;",
        120: ";Cells;2024-03-01;8;8;;;;;;;;",
        130: "L3;Twice;2024-03-01;8;8;;;;;",
    }
    lines = [bad[n] + "\n" if n in bad else good(n) for n in range(2, 201)]
    before = Employment.objects.count()
    with pytest.raises(Refusals) as refused:
        take_in_employees(staff.helen, rows=HEAD + "".join(lines))
    assert [(e.place.line, e.place.field) for e in refused.value.errors] == [
        (7, "start"), (19, "start"), (40, "hours_mon"), (40, "hours_tue"), (55, "bsn"),
        (55, "birth_date"), (55, "iban"), (60, "name"), (60, "manager"), (77, "kind"),
        (99, "start"), (120, ""), (130, "employee"),
    ]  # fmt: skip
    assert Employment.objects.count() == before


@pytest.mark.parametrize(
    "text", ["", "\n", "name;start;wage\n", "name\nx\n", 'name,start\n"open,2024-01-01\n']
)
def test_a_list_that_cannot_be_read_is_refused(staff: Staff, text: str) -> None:
    with pytest.raises(DomainError):
        take_in_employees(staff.helen, rows=text)


@given(st.text(max_size=200))
def test_reading_never_breaks_whatever_is_pasted(text: str) -> None:
    told: list[DomainError] = []
    for whole in (text, HEAD + text):
        try:
            list(read_employees(whole, told.append))
        except InvalidInput:
            continue


def test_a_list_in_several_lots_is_one_list(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hiring, "LOT", 3)
    rows = [good(n) for n in range(1, 8)]
    rows[0] = rows[0].replace(";M1;", ";L7;")  # whose manager comes lots later
    rows[4] = rows[4].replace("L5;", ";")  # who gets the next number
    codes = take_in_employees(staff.helen, rows=HEAD + "".join(rows))
    assert codes[:4] + codes[5:] == ["L1", "L2", "L3", "L4", "L6", "L7"]
    assert codes[4].startswith("E")
    version = ContractVersion.objects.get(employment__party_id=staff.party("L1"))
    assert version.manager_id == staff.party("L7")
    assert Employment.objects.filter(party_id=staff.party(codes[4])).exists()


def test_what_is_wrong_between_lots_is_found_too(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiring, "LOT", 3)
    rows = [good(n) for n in range(1, 9)]
    rows[6] = good(1)  # line 8: a number twice
    for n in (1, 7):  # lines 3 and 9: one BSN of two people
        rows[n] = rows[n].replace(";M1;;", ";M1;123456782;")
    before = Employment.objects.count()
    with pytest.raises(Refusals) as refused:
        take_in_employees(staff.helen, rows=HEAD + "".join(rows))
    told = [(e.place.line, e.place.field) for e in refused.value.errors]
    assert told == [(8, "employee"), (9, "bsn")]
    ring = [good(n).replace(";M1;", f";L{n % 8 + 1};") for n in range(1, 9)]
    with pytest.raises(Refusals) as looped:
        take_in_employees(staff.helen, rows=HEAD + "".join(ring))
    assert [e.place.line for e in looped.value.errors] == list(range(2, 10))
    assert Employment.objects.count() == before
