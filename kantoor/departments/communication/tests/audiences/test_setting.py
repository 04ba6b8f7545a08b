"""Audiences are questions that stay under their name; what can't be asked is refused at its line."""

import pytest

from kantoor.departments.communication.actions.audiences.setting import (
    put_away_audiences,
    set_audience,
    set_audiences,
)
from kantoor.departments.communication.drafts_audiences import AudienceDraft, PartDraft
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import AudiencePart
from kantoor.departments.communication.queries.audiences.offering import questions_offered
from kantoor.departments.communication.queries.audiences.register import (
    audience,
    audience_names,
    audiences,
)
from kantoor.departments.communication.tests.audiences.crowd import Crowd
from kantoor.kernel.audiences import audience_kinds
from kantoor.kernel.errors import InvalidInput, NotAllowed
from tests.founded import found

EVERYBODY = "communication.everybody"


def test_an_audience_set_again_asks_what_was_said_last(crowd: Crowd) -> None:
    crowd.audience("communication.party: E1", "communication.party:E2", name="Two")
    assert audience(crowd.dana, code="some").size == 2
    crowd.audience(EVERYBODY, without=["communication.party: E2"], name="All but Bo")
    shown = audience(crowd.dana, code="some")
    assert (shown.audience.name, shown.size) == ("All but Bo", 1)
    assert [(each.words, each.left_out) for each in shown.parts] == [
        ("Everybody who works here", False), ("Somebody in particular: Bo", True),
    ]  # fmt: skip
    assert AudiencePart.objects.count() == 2


def test_many_are_set_at_once_or_none(crowd: Crowd) -> None:
    part = PartDraft(who=EVERYBODY)
    good = AudienceDraft(code="all", name="All", parts=[part])
    with pytest.raises(InvalidInput):
        set_audiences(
            crowd.dana, audiences=[good, AudienceDraft(code="A!", name="A", parts=[part])]
        )
    assert audiences(crowd.dana).rows == []
    other = AudienceDraft(code="others", name="Others", parts=[part])
    assert set_audiences(crowd.dana, audiences=[good, other]) == ["all", "others"]
    with pytest.raises(InvalidInput):
        set_audiences(crowd.dana, audiences=[good, good])


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("communication.nothing: x", "no kind of audience"),
        ("communication.party: E9", "There is no relation “E9”"),
        ("communication.party", "There is no relation “”"),
        (f"{EVERYBODY}: x", "asks for nothing"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_at_its_line(
    crowd: Crowd, who: str, said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        crowd.audience(EVERYBODY, who)
    assert said in str(refused.value)
    assert (refused.value.place.field, refused.value.place.line) == ("who", 2)


def test_an_audience_of_nobody_or_of_the_same_twice_is_refused(crowd: Crowd) -> None:
    with pytest.raises(InvalidInput):
        crowd.audience()
    with pytest.raises(InvalidInput):
        crowd.audience(without=[EVERYBODY])
    with pytest.raises(InvalidInput):
        crowd.audience(EVERYBODY, EVERYBODY)
    with pytest.raises(UnknownAudience):
        crowd.audience(EVERYBODY, purpose="unheard-of")


def test_who_may_not_know_an_answer_neither_asks_nor_sees_it(crowd: Crowd) -> None:
    debts = AudienceDraft(code="late", name="Late", parts=[PartDraft(who="finance.owing: late")])
    with pytest.raises(NotAllowed):
        set_audience(crowd.dana, audience=debts)
    set_audience(crowd.house.administrator, audience=debts)
    shown = audience(crowd.dana, code="late")
    assert shown.hidden and shown.preview == []
    assert not audience(crowd.house.administrator, code="late").hidden
    harmless = AudienceDraft(code="late", name="Late", parts=[PartDraft(who=EVERYBODY)])
    with pytest.raises(NotAllowed):
        set_audience(crowd.dana, audience=harmless)


def test_what_is_put_away_is_offered_no_more(crowd: Crowd) -> None:
    row = crowd.audience(EVERYBODY)
    assert audience_names(crowd.dana) == {row.pk: ("some", "Some")}
    put_away_audiences(crowd.dana, codes=["some"])
    assert audience_names(crowd.dana) == {}
    assert audience_names(crowd.dana, keys=[row.pk]) == {row.pk: ("some", "Some")}
    assert [each.code for each in audiences(crowd.dana, active="0").rows] == ["some"]
    with pytest.raises(UnknownAudience):
        put_away_audiences(crowd.dana, codes=["other"])
    assert crowd.audience(EVERYBODY).active


def test_another_companys_audience_is_unknown(crowd: Crowd) -> None:
    crowd.audience(EVERYBODY)
    other = found("Visser BV")
    assert audiences(other.administrator).rows == []
    with pytest.raises(UnknownAudience):
        audience(other.administrator, code="some")


def test_questions_are_offered_by_words_to_who_may_ask_them(crowd: Crowd) -> None:
    assert questions_offered(crowd.dana, "eva") == {
        "communication.party: E1": "Somebody in particular: Eva"
    }
    assert EVERYBODY in questions_offered(crowd.dana, "works here")
    assert questions_offered(crowd.dana, "communication.party: E2") == {
        "communication.party: E2": "Somebody in particular: Bo"
    }
    assert "finance.owing: late" not in questions_offered(crowd.dana, "overdue", 99)
    assert "finance.owing: late" in questions_offered(crowd.house.administrator, "overdue", 99)
    assert len(questions_offered(crowd.house.administrator, "", 5)) == 5


def test_every_kind_says_whom_it_gives_and_answers_for_an_empty_company(crowd: Crowd) -> None:
    kinds = audience_kinds()
    assert {"hr", "ict", "sales", "finance", "communication"} <= {
        each.name.partition(".")[0] for each in kinds
    }
    for kind in kinds:
        assert str(kind.title) and str(kind.meaning)
        values = (
            [each.value for each in kind.value.offers(crowd.company_id)] if kind.value else [""]
        )
        names = kind.value.names(crowd.company_id, values) if kind.value else {"": ""}
        assert set(values) == set(names)
        kind.find(crowd.company_id, values or ["nothing"]).count()
