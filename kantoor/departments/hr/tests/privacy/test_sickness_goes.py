"""Sickness is kept two years after its end, by a period with its ground; then nobody knows whose."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.leave.sickness import (
    note_partial_return,
    report_recovered,
    report_sick,
)
from kantoor.departments.hr.actions.people.documents import (
    DocumentDraft,
    add_document,
    close_documents,
)
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.actions.privacy import letting_go
from kantoor.departments.hr.actions.privacy.letting_go import (
    propose_letting_go,
    release_proposals,
)
from kantoor.departments.hr.actions.privacy.rules import set_legal_hold, take_over_periods
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.models import PersonDocument, RetentionProposal, SickDuty, SickSpell
from kantoor.departments.hr.queries.leave.sickness import sick_spells
from kantoor.departments.hr.queries.privacy.registers import retention_rules
from kantoor.departments.hr.queries.privacy.tables import days_of, tables_to_keep
from kantoor.departments.hr.reference.retention import periods
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.record.verify.system import verify


def test_every_usual_period_is_of_a_table_and_a_day_that_there_are() -> None:
    tables = tables_to_keep()
    for each in periods():
        assert each.field in days_of(tables[each.table]), each


def test_what_is_held_keeps_nothing_else_from_going(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_over_periods(staff.helen)
    for who in ("E1", "E2"):
        report_sick(staff.helen, employee=who, first=date(2024, 1, 8))
        report_recovered(staff.helen, employee=who, back_on=date(2024, 2, 1))
    set_legal_hold(staff.helen, party="E1", why="Case 2026/1")
    monkeypatch.setattr(letting_go, "MOST_AT_ONCE", 1)
    assert propose_letting_go(staff.helen, on=date(2026, 2, 1)) == 1


def test_sickness_goes_two_years_after_its_end(staff: Staff) -> None:
    assert take_over_periods(staff.helen) == len(retention_rules(staff.helen)) > 0
    assert take_over_periods(staff.helen) == 0
    report_sick(staff.helen, employee="E1", first=date(2024, 1, 8))
    note_partial_return(staff.helen, employee="E1", percent=50, first=date(2024, 1, 15))
    report_recovered(staff.helen, employee="E1", back_on=date(2024, 2, 1))
    assert propose_letting_go(staff.helen, on=date(2026, 1, 31)) == 0
    spell = SickSpell.objects.get()
    duties = SickDuty.objects.filter(spell=spell)
    assert propose_letting_go(staff.helen, on=date(2026, 2, 1)) == 1 + duties.count()
    keys = list(RetentionProposal.objects.values_list("pk", flat=True))
    release_proposals(staff.helen, proposals=keys)
    spell.refresh_from_db()
    assert (spell.party, spell.subject_id) == (None, None)
    assert (spell.reported_by, spell.follows) == (None, None)
    assert not duties.exclude(subject_id=None).exists()
    assert not sick_spells(staff.helen).rows
    assert verify().ok


def test_a_spell_that_stays_does_not_tell_whose_the_one_before_was(staff: Staff) -> None:
    take_over_periods(staff.helen)
    for first, back in (
        (date(2024, 1, 8), date(2024, 2, 1)),
        (date(2024, 2, 12), date(2024, 6, 3)),
    ):
        report_sick(staff.helen, employee="E1", first=first)
        report_recovered(staff.helen, employee="E1", back_on=back)
    before, later = SickSpell.objects.order_by("first")
    assert later.follows == before
    assert later.counted_days == 24
    propose_letting_go(staff.helen, on=date(2026, 2, 1))
    keys = list(RetentionProposal.objects.values_list("pk", flat=True))
    release_proposals(staff.helen, proposals=keys)
    later.refresh_from_db()
    before.refresh_from_db()
    assert (before.party, before.reported_by) == (None, None)
    assert later.follows_id is None
    assert later.counted_days == 24
    assert later.party_id == staff.party("E1")
    assert verify().ok


def test_a_copy_of_an_identity_paper_stays_five_calendar_years_after_the_employment(
    staff: Staff,
) -> None:
    take_over_periods(staff.helen)
    last_day = timezone.localdate() - timedelta(days=60)
    keys = []
    for who in ("E1", "E2"):
        for kind in ("identity", "diploma"):
            draft = DocumentDraft(employee=who, kind=kind, title=kind)
            keys.append(add_document(staff.helen, document=draft))
    close_documents(staff.helen, documents=keys)
    end = EndDraft(employee="E1", last_day=last_day, reason="resigned")
    end_employment(staff.helen, end=end)

    def proposed(on: date) -> set[tuple[str, str]]:
        propose_letting_go(staff.helen, on=on)
        rows = PersonDocument.objects.filter(pk__in=RetentionProposal.objects.values("row"))
        return set(rows.values_list("party__code", "kind"))

    diplomas = {("E1", "diploma"), ("E2", "diploma")}
    until = date(last_day.year + 5, 12, 31)
    assert proposed(timezone.localdate()) == set()
    assert proposed(until) == diplomas
    assert proposed(until + timedelta(days=1)) == {*diplomas, ("E1", "identity")}
    assert proposed(until.replace(year=until.year + 9)) == {*diplomas, ("E1", "identity")}, (
        "of who works here it stays"
    )
