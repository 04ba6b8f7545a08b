"""Requests between departments: what is offered, who does it, and whether the time is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.inboxes import NEVER
from kantoor.procedures.actions.asking import agree_to_request, ask_service, decline_request
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.request_kinds import (
    AskedField,
    KindDraft,
    keep_request_kind,
    retire_request_kinds,
)
from kantoor.procedures.actions.requests import (
    do_request,
    do_requests,
    hand_request_on,
    put_request_back,
    refuse_service,
    remark_on_request,
    take_request,
    take_requests,
    withdraw_request,
)
from kantoor.procedures.errors import NotOpen, NotYours, UnknownProcedure
from kantoor.procedures.models import AskedRequest, Instance
from kantoor.procedures.queries.request_figures import kept_times
from kantoor.procedures.queries.request_kinds import (
    offered_request,
    offered_requests,
    request_kinds,
)
from kantoor.procedures.queries.requests import (
    request,
    requests,
    requests_ended_count,
    requests_ended_since,
)
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
COPY = KindDraft(code="copy-invoice", name="Copy of an invoice", name_nl="Kopie van een factuur",
                 role="bookkeeper", days=2, clock="always")  # fmt: skip
FIELDS = [
    AskedField(name="which", label="Which invoice", label_nl="Welke factuur", required=True),
    AskedField(name="how", label="How", kind="choice", choices="mail=By mail|paper=On paper"),
]


def _offered(office: Office, **changed: object) -> None:
    draft = {name: getattr(COPY, name) for name in COPY.__struct_fields__} | changed
    keep_request_kind(office.anne, draft=KindDraft(**draft), fields=FIELDS)


def _asked(office: Office) -> int:
    number = ask_service(office.dewi, kind="copy-invoice", values={"which": "F-12"}).request
    assert number is not None
    return number


def test_a_request_goes_to_who_offers_it_and_comes_back_done(office: Office) -> None:
    _offered(office)
    before = timezone.now()
    number = _asked(office)
    row = request(office.bo, number=number).row
    assert (row.number, row.state, row.requester) == (1, "asked", "Dewi")
    assert row.title == "Kopie van een factuur: F-12"
    assert row.due_at is not None
    assert timedelta(0) <= row.due_at - before - timedelta(days=2) < timedelta(minutes=5)
    take_request(office.bo, request=number)
    with pytest.raises(NotYours):
        do_request(office.cas, request=number)
    assert requests_ended_since(office.dewi, since=before) == []
    do_request(office.bo, request=number, answer="It lies on your desk.")
    shown = request(office.dewi, number=number)
    assert (shown.row.state, shown.row.answer, shown.row.ended_by) == (
        "done",
        "It lies on your desk.",
        "Bo",
    )
    assert [each.number for each in requests_ended_since(office.dewi, since=before)] == [number]
    assert requests_ended_count(office.dewi, since=before) == 1
    assert requests_ended_count(office.dewi, since=timezone.now()) == 0
    assert requests_ended_count(office.bo, since=before) == 0  # nobody asked him to be told
    with pytest.raises(NotOpen):
        do_request(office.bo, request=number)


def test_numbers_follow_each_other(office: Office) -> None:
    _offered(office)
    assert [_asked(office) for _ in range(3)] == [1, 2, 3]


def test_what_is_asked_is_checked_by_field(office: Office) -> None:
    _offered(office)
    with pytest.raises(InvalidInput) as missing:
        ask_service(office.dewi, kind="copy-invoice")
    assert missing.value.place.field == "which"
    with pytest.raises(InvalidInput):
        ask_service(office.dewi, kind="copy-invoice", values={"which": "F-1", "how": "pigeon"})
    with pytest.raises(NotFound):
        ask_service(office.dewi, kind="tea")
    assert AskedRequest.objects.count() == 0


def test_who_has_nothing_to_do_with_a_request_does_not_see_it(office: Office) -> None:
    _offered(office)
    number = _asked(office)
    eva = office.house.person("eva", "employee")
    with pytest.raises(UnknownProcedure):
        request(eva, number=number)
    with pytest.raises(UnknownProcedure):
        take_request(eva, request=number)
    with pytest.raises(UnknownProcedure):
        remark_on_request(eva, request=number, text="And me?")
    assert requests(eva).rows == []
    assert [row.number for row in requests(office.bo, whose="for_me").rows] == [number]
    assert requests(office.bo, whose="mine").rows == []


def test_who_has_to_agree_first_is_never_who_asked(office: Office) -> None:
    _offered(office, approver="employee")
    number = _asked(office)
    assert request(office.dewi, number=number).row.due_at is None
    with pytest.raises(NotYours):
        agree_to_request(office.dewi, request=number)
    with pytest.raises(NotOpen):
        take_request(office.bo, request=number)
    with pytest.raises(NotOpen):
        hand_request_on(office.anne, request=number, user="dewi")
    agree_to_request(office.cas, request=number)
    shown = request(office.dewi, number=number)
    assert (shown.row.state, shown.approved_by) == ("asked", "Cas")
    assert shown.row.due_at is not None
    with pytest.raises(NotOpen):
        decline_request(office.bo, request=number, why="Too late")
    second = _asked(office)
    with pytest.raises(InvalidInput):
        decline_request(office.bo, request=second, why=" ")
    decline_request(office.bo, request=second, why="You have it already.")
    assert request(office.dewi, number=second).row.answer == "You have it already."


def test_a_request_is_handed_on_and_put_back(office: Office) -> None:
    _offered(office)
    number = _asked(office)
    hand_request_on(office.bo, request=number, user="cas")
    assert request(office.bo, number=number).row.who == "Cas"
    with pytest.raises(NotYours):
        put_request_back(office.bo, request=number)
    put_request_back(office.cas, request=number)
    with pytest.raises(NotOpen):
        put_request_back(office.cas, request=number)
    take_requests(office.bo, requests=[number, _asked(office)])
    do_requests(office.bo, requests=[1, 2], answer="Sent.")
    assert [row.state for row in requests(office.dewi).rows] == ["done", "done"]


def test_of_several_requests_all_are_done_or_none(office: Office) -> None:
    _offered(office)
    one, other = _asked(office), _asked(office)
    hand_request_on(office.bo, request=other, user="cas")
    with pytest.raises(NotYours):
        do_requests(office.bo, requests=[one, other])
    assert request(office.dewi, number=one).row.state == "asked"


def test_refusing_says_why_and_only_who_asked_takes_back(office: Office) -> None:
    _offered(office)
    number = _asked(office)
    with pytest.raises(InvalidInput):
        refuse_service(office.bo, request=number, why="")
    refuse_service(office.bo, request=number, why="That invoice is not ours.")
    assert request(office.dewi, number=number).row.state == "refused"
    second = _asked(office)
    with pytest.raises(NotYours):
        withdraw_request(office.bo, request=second)
    withdraw_request(office.dewi, request=second, why="Found it.")
    assert request(office.bo, number=second).row.state == "withdrawn"
    assert len(requests_ended_since(office.dewi, since=LONG_AGO)) == 1  # not what she ended herself
    assert requests_ended_count(office.dewi, since=LONG_AGO) == 1


def test_both_sides_talk_at_a_request(office: Office) -> None:
    _offered(office)
    number = _asked(office)
    remark_on_request(office.bo, request=number, text="Of which year?")
    remark_on_request(office.dewi, request=number, text="Last year's.")
    said = [(each.user, each.text) for each in request(office.bo, number=number).remarks]
    assert said == [("Bo", "Of which year?"), ("Dewi", "Last year's.")]
    with pytest.raises(InvalidInput):
        remark_on_request(office.bo, request=number, text=" ")


def test_a_kind_is_changed_by_its_code_and_offered_no_more(office: Office) -> None:
    _offered(office)
    _offered(office, name="A copy", team="", approver="controller")
    (row,) = request_kinds(office.anne)
    assert (row.name, row.role, row.approver, row.within) == ("A copy", "bookkeeper", "controller", "P2D")  # fmt: skip
    assert [field.name for field in offered_request(office.dewi, kind="copy-invoice").fields] == ["which", "how"]  # fmt: skip
    retire_request_kinds(office.anne, kinds=["copy-invoice"])
    assert offered_requests(office.dewi) == []
    with pytest.raises(NotFound):
        ask_service(office.dewi, kind="copy-invoice", values={"which": "F-1"})
    with pytest.raises(NotAllowed):
        keep_request_kind(office.bo, draft=COPY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "Copy"}, "draft.code"),
        ({"name": " "}, "draft.name"),
        ({"role": ""}, "role"),
        ({"role": "nobody"}, "role"),
        ({"team": "nobody", "role": ""}, "team"),
        ({"team": "nobody"}, "team"),
        ({"days": -1}, "draft.days"),
        ({"hours": -1}, "draft.hours"),
        ({"days": 5000}, "draft.days"),
        ({"procedure": "joiner"}, "draft.procedure"),
    ],
)
def test_what_is_wrong_in_a_kind_is_said_at_its_field(
    office: Office, changed: dict[str, object], field: str
) -> None:
    with pytest.raises((InvalidInput, NotFound)) as refused:
        _offered(office, **changed)
    assert refused.value.place.field == field


@pytest.mark.parametrize(
    "wrong",
    [
        AskedField(name="Which one", label="x"),
        AskedField(name="which", label="the same name again"),
        AskedField(name="how", label="x", kind="choice"),
        AskedField(name="how", label="x", choices="a|b"),
    ],
)
def test_a_field_of_a_kind_has_a_name_and_answers_to_choose(
    office: Office, wrong: AskedField
) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep_request_kind(office.anne, draft=COPY, fields=[FIELDS[0], wrong])
    assert refused.value.place.line == 2


CHAIR = drawn(
    "chair",
    '<startEvent id="s">' + more('<k:field name="what" required="true"/>') + "</startEvent>"
    '<userTask id="buy" name="Buy" k:role="bookkeeper"/><endEvent id="e"/>',
    "s > buy > e",
)


def test_a_kind_may_be_a_procedure(office: Office) -> None:
    import_procedure(office.anne, content=CHAIR, publish=True)
    keep_request_kind(office.anne, draft=KindDraft(code="chair", name="A chair", procedure="chair"))
    (row,) = offered_requests(office.dewi)
    assert [field.name for field in row.fields] == ["what"]
    made = ask_service(office.dewi, kind="chair", values={"what": "A blue one"})
    assert made.request is None
    assert made.instance is not None
    started = Instance.objects.get(number=made.instance)
    assert started.requester_id == office.dewi.user_id
    assert office.task("buy").instance_id == started.pk


def test_agreed_times_are_counted_by_kind_and_month(office: Office) -> None:
    _offered(office)
    for _ in range(3):
        _asked(office)
    late = AskedRequest.objects.get(number=2)
    from tests.complete import write_rows_for_test

    def make_late() -> None:
        late.due_at = LONG_AGO
        late.save()

    write_rows_for_test(office.anne, work=make_late)
    assert [row.number for row in requests(office.bo, late=True).rows] == [2]
    do_requests(office.bo, requests=[1, 2])
    refuse_service(office.bo, request=3, why="No.")
    (row,) = kept_times(office.anne)
    assert (row.kind_code, row.ended, row.refused, row.in_time, row.late, row.percent) == ("copy-invoice", 3, 1, 2, 1, 66)  # fmt: skip
    assert row.month.day == 1
    _offered(office, days=0)
    _asked(office)
    assert AskedRequest.objects.get(number=4).due_at == NEVER


def test_lists_take_the_same_statements_however_long(
    office: Office, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _offered(office)
    counts = []
    for _ in range(2):
        for _more in range(6):
            _asked(office)
        with CaptureQueriesContext(connection) as asked:
            requests(office.bo)
        counts.append(len(asked))
    assert counts[0] == counts[1]
