"""Training: planned, done with a certificate, called off, and who misses what their job asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.growth.training import (
    add_course,
    call_off_trainings,
    change_course,
    complete_trainings,
    plan_training,
    plan_trainings,
)
from kantoor.departments.hr.drafts_growth import CourseDraft, TrainingDraft
from kantoor.departments.hr.errors_growth import UnknownTraining
from kantoor.departments.hr.errors_people import UnknownEmployee
from kantoor.departments.hr.queries.growth.certificates import my_certificates
from kantoor.departments.hr.queries.growth.training import (
    courses,
    my_trainings,
    training_gaps,
    training_gaps_count,
    trainings,
)
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import Conflict, InvalidInput

FORKLIFT = CourseDraft(title="Forklift", provider="TCVT", holds_months=1, jobs="picker\nPACKER")


def states(staff: Staff) -> dict[str, str]:
    return {row.employee: row.state for row in training_gaps(staff.helen)}


def test_who_misses_what_a_job_asks_is_seen_until_it_is_done(staff: Staff) -> None:
    staff.hire("P1", job_title="Picker")
    staff.hire("P2", job_title="Packer")
    staff.hire("P3", job_title="Baker")
    code = add_course(staff.helen, course=FORKLIFT)
    assert states(staff) == {"P1": "missing", "P2": "missing"}
    today = timezone.localdate()
    drafts = [TrainingDraft(employee=who, course=code, planned_on=today) for who in ("P1", "P2")]
    keys = plan_trainings(staff.helen, trainings=drafts)
    assert plan_trainings(staff.helen, trainings=drafts) == []
    assert states(staff) == {"P1": "planned", "P2": "planned"}
    assert training_gaps_count(staff.helen) == 0
    assert complete_trainings(staff.helen, trainings=keys[:1], done_on=today) == 1
    call_off_trainings(staff.helen, trainings=keys[1:])
    assert states(staff) == {"P1": "expires", "P2": "missing"}
    assert plan_trainings(staff.helen, trainings=drafts) == keys[1:]
    change_course(staff.helen, code=code, course=CourseDraft(title="Forklift"))
    assert states(staff) == {} and courses(staff.helen)[0].jobs == ""


def test_a_course_that_is_done_gives_a_certificate(staff: Staff) -> None:
    code = add_course(staff.helen, course=FORKLIFT)
    today = timezone.localdate()
    draft = TrainingDraft(employee="E1", course=code, planned_on=today)
    key = plan_training(staff.helen, training=draft)
    assert key is not None
    complete_trainings(staff.helen, trainings=[key], done_on=today)
    held = my_certificates(staff.emma).rows[0]
    assert (held.name, held.issuer, held.state) == ("Forklift", "TCVT", "expires")
    assert [row.state for row in my_trainings(staff.emma).rows] == ["done"]
    assert not trainings(staff.helen, state="planned").rows
    with pytest.raises(UnknownTraining):
        complete_trainings(staff.helen, trainings=[key], done_on=today)


def test_what_can_not_be_is_refused(staff: Staff) -> None:
    code = add_course(staff.helen, course=FORKLIFT)
    with pytest.raises(Conflict):
        add_course(staff.helen, course=FORKLIFT)
    with pytest.raises(InvalidInput):
        add_course(staff.helen, course=CourseDraft(title="Other", holds_months=0))
    today = timezone.localdate()
    for who, course, error in (("NOBODY", code, UnknownEmployee), ("E1", "no", UnknownTraining)):
        draft = TrainingDraft(employee=who, course=course, planned_on=today)
        with pytest.raises(error):
            plan_trainings(staff.helen, trainings=[draft])
    key = plan_training(
        staff.helen, training=TrainingDraft(employee="E1", course=code, planned_on=today)
    )
    assert key is not None
    with pytest.raises(InvalidInput):
        complete_trainings(staff.helen, trainings=[key], done_on=today + timedelta(days=1))
