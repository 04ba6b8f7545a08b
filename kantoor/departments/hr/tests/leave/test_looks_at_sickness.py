"""Who opens somebody's sickness is kept as having looked at that person."""

from datetime import date

from kantoor.departments.hr.actions.leave.sickness import report_sick
from kantoor.departments.hr.queries.leave.sickness import sick_spell
from kantoor.departments.hr.queries.privacy.registers import looks_at_me
from kantoor.departments.hr.tests.people.staff import Staff


def test_a_look_at_one_spell_is_a_look_at_its_person(staff: Staff) -> None:
    spell = report_sick(staff.helen, employee="E1", first=date(2024, 6, 3))
    sick_spell(staff.helen, spell=spell)
    seen = [(row.query, row.kind) for row in looks_at_me(staff.emma).rows]
    assert seen == [("hr.sick_spell", "sickness")]
