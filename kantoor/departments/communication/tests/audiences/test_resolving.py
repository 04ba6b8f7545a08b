"""Whom an audience reaches: each address once, and who is left out for which reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.communication.actions.audiences.stopping import stop_mail, stop_mail_to
from kantoor.departments.communication.errors import Careless, UnknownAudience
from kantoor.departments.communication.models import AudiencePart
from kantoor.departments.communication.queries.audiences import resolving
from kantoor.departments.communication.queries.audiences.careless import reach_of, refuse_careless
from kantoor.departments.communication.queries.audiences.register import audience, reach_of_parts
from kantoor.departments.communication.queries.audiences.resolving import (
    LeftOut,
    audiences_with,
    left_out,
    parties_of,
    size_of,
)
from kantoor.departments.communication.tests.audiences.crowd import Crowd
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.roles import grant_role
from kantoor.kernel.mail.models import Unreachable
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from kantoor.kernel.parties.models import Party

EVERYBODY = "communication.everybody"


@action(permission="tests.write", title="Lose an address for a test", hidden=True)
def lose_for_test(actor: Actor, /, *, address: str) -> None:
    """Mail to an address bounced for good."""
    Unreachable.objects.create(
        company_id=actor.company_id, address=address, outcome="failed", why="5.1.1",
        since=timezone.now(),
    )  # fmt: skip


@action(permission="tests.write", title="Add a part for a test", hidden=True)
def add_part_for_test(actor: Actor, /, *, audience: int, kind: str) -> None:
    """A question of a department that is not there any more."""
    AudiencePart.objects.create(audience_id=audience, kind=kind, left_out=True)


def test_everybody_who_works_here_is_reached_once_each(crowd: Crowd) -> None:
    add_employees(
        crowd.house.administrator,
        employees=[EmployeeDraft(code="E4", name="Eva's deputy", email="EVA@BAKKER.example")],
    )
    assert crowd.reached(None) == ["bo@bakker.example", "eva@bakker.example"]
    assert left_out(crowd.dana, None) == LeftOut(no_address=1, twice=1)
    assert size_of(crowd.dana, None) == 2
    assert crowd.recipient("bo@bakker.example").language == "nl"
    assert parties_of(crowd.dana, None).count() == 4
    assert [each.phone for each in resolving.recipients_of(crowd.dana, None, by="phone")] == [
        "+31201", "+31203",
    ]  # fmt: skip


def test_who_is_left_out_is_not_in_it_whatever_else_they_answer_to(crowd: Crowd) -> None:
    crowd.newsletter("bo@bakker.example", "ann@home.example", "col@home.example")
    list_ = "communication.mailing_list: news"
    assert crowd.reached(crowd.audience(list_, EVERYBODY)) == [
        "bo@bakker.example", "eva@bakker.example", "ann@home.example", "col@home.example",
    ]  # fmt: skip
    assert crowd.reached(crowd.audience(list_, without=[EVERYBODY])) == [
        "ann@home.example", "col@home.example",
    ]  # fmt: skip
    assert crowd.reached(crowd.audience(EVERYBODY, without=[list_])) == ["eva@bakker.example"]


def test_each_who_is_left_out_is_counted_by_one_reason(crowd: Crowd) -> None:
    readers = crowd.newsletter("bo@bakker.example", "ann@home.example", "lost@home.example")
    lose_for_test(crowd.house.administrator, address="lost@home.example")
    stop_mail_to(crowd.dana, address="Ann@Home.example", purpose="news")
    assert crowd.reached(readers) == ["bo@bakker.example"]
    assert left_out(crowd.dana, readers) == LeftOut(bounced=1, unsubscribed=1)
    both = crowd.audience(EVERYBODY, purpose="news", code="both")
    assert crowd.reached(both) == ["bo@bakker.example"]
    assert left_out(crowd.dana, both) == LeftOut(no_address=1, no_consent=1)
    # What has to be told is told whether they agreed or not, where it can arrive.
    assert crowd.reached(both, must=True) == ["bo@bakker.example", "eva@bakker.example"]
    assert crowd.reached(readers, must=True) == ["bo@bakker.example", "ann@home.example"]


def test_who_wants_no_mail_at_all_gets_none_without_a_purpose_either(crowd: Crowd) -> None:
    stop_mail(crowd.dana, addresses=["eva@bakker.example"])
    assert crowd.reached(None) == ["bo@bakker.example"]
    stop_mail(crowd.dana, addresses=["bo@bakker.example"], purpose="")
    assert crowd.reached(None) == []
    assert reach_of(crowd.dana, None).extreme == "nobody"


def test_a_kind_that_is_gone_reaches_nobody_rather_than_who_was_left_out(crowd: Crowd) -> None:
    row = crowd.audience(EVERYBODY)
    party = Party.objects.get(code="E1").pk
    assert audiences_with(crowd.dana, party, [row]) == {row.pk}
    add_part_for_test(crowd.house.administrator, audience=row.pk, kind="gone.department")
    with pytest.raises(UnknownAudience):
        crowd.reached(row)
    assert audience(crowd.dana, code="some").broken
    assert audiences_with(crowd.dana, party, [row]) == set()


def test_which_of_many_audiences_hold_somebody_takes_few_statements(crowd: Crowd) -> None:
    rows = [
        crowd.audience(f"communication.party: E{1 + n % 3}", code=f"a{n}", without=without)
        for n, without in enumerate([[], [], [], [EVERYBODY], [], [], [], [], [], []])
    ]
    eva = Party.objects.get(code="E1").pk
    with CaptureQueriesContext(connection) as asked:
        found = audiences_with(crowd.dana, eva, rows)
    assert len(asked) == 2
    assert found == {rows[0].pk, rows[6].pk, rows[9].pk}


def test_recipients_come_in_lots_with_few_statements(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd.newsletter()
    addresses = [f"a{n:03}@home.example" for n in range(25)]
    crowd.put(*addresses)
    readers = crowd.newsletter()
    monkeypatch.setattr(resolving, "LOT", 10)
    with CaptureQueriesContext(connection) as asked:
        assert crowd.reached(readers) == addresses
    # Parts, parties, and three lots of those who are only on the list.
    assert len(asked) == 5
    assert size_of(crowd.dana, readers) == 25


def test_nobody_and_everybody_are_asked_twice_with_the_number(crowd: Crowd) -> None:
    for confirmed in (None, 3):
        with pytest.raises(Careless) as refused:
            refuse_careless(crowd.dana, None, confirmed=confirmed)
        assert "2" in str(refused.value)
    assert refuse_careless(crowd.dana, None, confirmed=2).size == 2
    nobody = crowd.audience("communication.role: auditor", code="nobody")
    with pytest.raises(Careless):
        refuse_careless(crowd.dana, nobody, confirmed=None)
    assert refuse_careless(crowd.dana, nobody, confirmed=0).extreme == "nobody"
    one = crowd.audience("communication.party: E1", code="one")
    assert refuse_careless(crowd.dana, one, confirmed=None).size == 1
    # All of them by another way is everybody all the same.
    three = [f"communication.party: E{n}" for n in (1, 2, 3)]
    with pytest.raises(Careless):
        refuse_careless(crowd.dana, crowd.audience(*three, code="three"), confirmed=None)


def test_a_role_is_who_signs_in_with_it_here(crowd: Crowd) -> None:
    crowd.house.person("eva", "employee")
    link_user(crowd.house.administrator, user="eva", party="E1")
    officers = crowd.audience("communication.role: communication_officer")
    assert crowd.reached(officers) == []
    grant_role(crowd.house.administrator, user="eva", role="communication_officer")
    assert crowd.reached(officers) == ["eva@bakker.example"]


def test_how_many_are_reached_is_known_before_anything_is_kept(crowd: Crowd) -> None:
    parts = [(EVERYBODY, "", False), ("communication.party", "E2", True)]
    assert reach_of_parts(crowd.dana, parts=parts) == 1
    assert reach_of_parts(crowd.dana, parts=parts, purpose="news") == 0


def test_no_table_is_gone_through_once_for_each_who_is_asked_about(crowd: Crowd) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("an empty table is read whole on PostgreSQL, whatever index it has")
    readers = crowd.newsletter("bo@bakker.example")
    with CaptureQueriesContext(connection) as asked:
        assert crowd.reached(readers) == ["bo@bakker.example"]
    plans = []
    for each in asked.captured_queries[1:]:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + each["sql"])
            plans += [row[3] for row in cursor.fetchall()]
    assert any("CORRELATED" in each for each in plans)
    assert [each for each in plans if each.startswith("SCAN")] == []
