"""Reviews and objectives: whose turn it is, who sees what, and that nobody else does."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.hr.actions.growth.objectives import (
    end_objectives,
    note_progress,
    set_objective,
    set_objectives,
)
from kantoor.departments.hr.actions.growth.reviewing import (
    sign_review,
    write_managers_review,
    write_own_review,
)
from kantoor.departments.hr.actions.growth.rounds import begin_review_round, close_review_round
from kantoor.departments.hr.drafts_growth import ObjectiveDraft, ReviewAnswerDraft, RoundDraft
from kantoor.departments.hr.errors_growth import ReviewState, UnknownObjective, UnknownReview
from kantoor.departments.hr.errors_people import UnknownEmployee, UnknownUnit
from kantoor.departments.hr.models import Objective, Review
from kantoor.departments.hr.queries.growth.objectives import my_objectives, objectives
from kantoor.departments.hr.queries.growth.reviews import (
    my_reviews,
    review,
    review_rounds,
    reviews,
    reviews_waiting,
)
from kantoor.departments.hr.queries.privacy.person_data import my_data
from kantoor.departments.hr.queries.privacy.tables import tables_to_keep
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import Conflict, InvalidInput
from tests.founded import PASSWORD

YEAR = RoundDraft(
    title="Reviews 2026",
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    due_on=date(2027, 1, 31),
    questions="What went well?\n\nWhat next?",
)


def begun(staff: Staff) -> int:
    """A round for everybody; gives Emma's review."""
    begin_review_round(staff.helen, round=YEAR)
    return Review.objects.get(party__code="E1").pk


def answers(staff: Staff, key: int, text: str) -> list[ReviewAnswerDraft]:
    first = review(staff.helen, key=key).answers[0]
    return [ReviewAnswerDraft(question=first.question, text=text)]


def test_each_writes_in_turn_and_sees_the_others_part_when_it_is_handed_in(staff: Staff) -> None:
    key = begun(staff)
    write_own_review(staff.emma, review=key, answers=answers(staff, key, "The stock-take"))
    assert review(staff.mo, key=key).answers[0].own == ""
    with pytest.raises(ReviewState):
        write_managers_review(staff.mo, review=key, answers=[])
    write_own_review(staff.emma, review=key, done=True)
    assert review(staff.mo, key=key).answers[0].own == "The stock-take"
    with pytest.raises(ReviewState):
        write_own_review(staff.emma, review=key, answers=[])
    write_managers_review(staff.mo, review=key, answers=answers(staff, key, "Yes"), summary="Good")
    shown = review(staff.emma, key=key)
    assert (shown.answers[0].managers, shown.summary) == ("", "")
    write_managers_review(staff.mo, review=key, summary="Good", done=True)
    shown = review(staff.emma, key=key)
    assert (shown.answers[0].managers, shown.summary) == ("Yes", "Good")
    for who, state in ((staff.emma, "signing"), (staff.emma, "signing"), (staff.mo, "signed")):
        sign_review(who, review=key)
        assert review(who, key=key).review.state == state
    assert [row.signed for row in review_rounds(staff.helen)] == [1]


def test_nobody_else_sees_or_writes_it(staff: Staff) -> None:
    key = begun(staff)
    mos = Review.objects.get(party__code="M1").pk
    with pytest.raises(UnknownReview):
        review(staff.emma, key=mos)
    with pytest.raises(UnknownReview):
        write_managers_review(staff.emma, review=key, answers=[])
    with pytest.raises(UnknownReview):
        write_own_review(staff.mo, review=key, answers=[])
    assert [row.person for row in my_reviews(staff.emma).rows] == ["Emma de Wit"]
    assert {row.person for row in my_reviews(staff.mo).rows} == {
        "Emma de Wit",
        "Mo Haddad",
        "Piet Vos",
    }
    assert len(reviews(staff.helen, round="reviews-2026", state="own").rows) == 3
    assert [row.person for row in reviews_waiting(staff.mo)] == ["Mo Haddad"]


def test_a_round_that_can_not_be_is_refused_and_a_closed_one_stays_as_it_is(staff: Staff) -> None:
    for wrong, error in (
        ({"questions": " \n"}, InvalidInput),
        ({"ends_on": date(2025, 1, 1)}, InvalidInput),
        ({"unit": "nowhere"}, UnknownUnit),
    ):
        given = {name: getattr(YEAR, name) for name in YEAR.__struct_fields__} | wrong
        with pytest.raises(error):
            begin_review_round(staff.helen, round=RoundDraft(**given))
    key = begun(staff)
    with pytest.raises(Conflict):
        begin_review_round(staff.helen, round=YEAR)
    close_review_round(staff.helen, round="reviews-2026")
    with pytest.raises(ReviewState):
        write_own_review(staff.emma, review=key, done=True)
    assert not reviews_waiting(staff.emma)


def test_pages_lead_through_a_review(staff: Staff) -> None:
    key = begun(staff)
    client = Client()
    client.post("/sign-in", {"user": "emma", "password": PASSWORD})
    assert b"Reviews 2026" in client.get("/").content
    question = review(staff.emma, key=key).answers[1].question
    sent = client.post(f"/hr/reviews/{key}/write", {f"q{question}": "Learn to weld", "done": "on"})
    assert sent.status_code == 302
    assert b"Learn to weld" in client.get(f"/hr/reviews/{key}").content
    client.post("/sign-in", {"user": "mo", "password": PASSWORD})
    assert b"Learn to weld" in client.get(f"/hr/reviews/{key}/write").content
    assert client.post(f"/hr/reviews/{key}/write", {"summary": "Do it"}).status_code == 302
    assert review(staff.mo, key=key).summary == "Do it"
    assert client.get("/hr/my-reviews").status_code == 200


def test_objectives_are_of_oneself_and_ones_people(staff: Staff) -> None:
    soon = timezone.localdate() + timedelta(days=3)

    def draft(code: str, title: str) -> ObjectiveDraft:
        return ObjectiveDraft(employee=code, title=title, due_on=soon, measure="Seen")

    mine = set_objective(staff.emma, objective=draft("E1", "Weld"))
    set_objectives(staff.mo, objectives=[draft("E1", "Plan"), draft("E2", "Pack")])
    with pytest.raises(UnknownEmployee):
        set_objective(staff.emma, objective=draft("M1", "Lead"))
    note_progress(staff.mo, objective=mine, progress=40, note="On the way")
    with pytest.raises(InvalidInput):
        note_progress(staff.emma, objective=mine, progress=101)
    assert {row.title for row in my_objectives(staff.emma).rows} == {"Weld", "Plan"}
    others = Objective.objects.get(title="Pack").pk
    with pytest.raises(UnknownObjective):
        end_objectives(staff.emma, objectives=[mine, others])
    end_objectives(staff.emma, objectives=[mine])
    rows = {row.title: (row.progress, row.state) for row in objectives(staff.helen).rows}
    assert rows == {"Weld": (100, "reached"), "Plan": (0, "open"), "Pack": (0, "open")}


def test_what_was_written_is_ones_own_data_and_can_go(staff: Staff) -> None:
    key = begun(staff)
    write_own_review(staff.emma, review=key, answers=answers(staff, key, "Mine alone"))
    with my_data(staff.emma) as archive, zipfile.ZipFile(io.BytesIO(archive.read())) as found:
        index = json.loads(found.read("index.json"))
        assert b"Mine alone" in found.read("data/hr_review_answer.json")
    assert (index["hr_review"], index["hr_review_answer"]) == (1, 1)
    assert {"hr_review", "hr_review_answer", "hr_objective", "hr_training"} <= set(tables_to_keep())


def test_what_a_manager_drafts_is_not_in_ones_own_data_until_it_is_handed_in(staff: Staff) -> None:
    key = begun(staff)
    write_own_review(staff.emma, review=key, answers=answers(staff, key, "Mine"), done=True)
    written = answers(staff, key, "His draft")
    for done in (False, True):
        write_managers_review(
            staff.mo, review=key, answers=written, summary="His summary", done=done
        )
        with my_data(staff.emma) as archive, zipfile.ZipFile(io.BytesIO(archive.read())) as found:
            assert (b"His draft" in found.read("data/hr_review_answer.json")) is done
            assert (b"His summary" in found.read("data/hr_review.csv")) is done
            assert b"Mine" in found.read("data/hr_review_answer.json")
