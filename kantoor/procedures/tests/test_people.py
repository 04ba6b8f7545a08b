"""People around procedures: tasks taken together, remarks, standing in, teams, roles of accounts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.actors.models import Grant
from kantoor.kernel.errors import Conflict, NotFound
from kantoor.procedures.actions.accounts import end_procedure_role, give_procedure_role
from kantoor.procedures.actions.importing import (
    import_procedures,
    publish_version,
    retire_procedure,
)
from kantoor.procedures.actions.standing_in import end_stand_in, let_stand_in
from kantoor.procedures.actions.starting import start_procedure
from kantoor.procedures.actions.talking import comment_on, see_mention, see_mentions
from kantoor.procedures.actions.tasks import claim_tasks
from kantoor.procedures.actions.teams import add_team, set_team_members
from kantoor.procedures.errors import NotRunnable, NotYours, UnknownProcedure
from kantoor.procedures.models import Mention, Procedure, StandIn, Task, TeamMember, Version
from kantoor.procedures.queries.instances import instances
from kantoor.procedures.queries.people import people_to_choose, stand_ins, teams
from kantoor.procedures.queries.remarks import mentions
from kantoor.procedures.queries.tasks import tasks_left
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn

SIDE_BY_SIDE = drawn(
    "side",
    '<startEvent id="s"/><parallelGateway id="both"/>'
    '<userTask id="one" name="One" k:role="bookkeeper"/>'
    '<userTask id="two" name="Two" k:role="employee" k:notBy="requester"/><endEvent id="e"/>',
    "s > both",
    "both > one > e",
    "both > two > e",
)


def test_tasks_are_taken_all_or_none(office: Office) -> None:
    office.import_as(SIDE_BY_SIDE)
    instance = office.start("side")
    keys = [task.pk for task in Task.objects.order_by("element")]
    with pytest.raises(NotYours) as refused:
        claim_tasks(office.bo, tasks=keys)
    assert refused.value.place.line == 2
    assert not Task.objects.filter(whose__startswith="user/").exists()
    claim_tasks(office.cas, tasks=keys)
    assert set(Task.objects.values_list("whose", flat=True)) == {f"user/{office.cas.user_id}"}
    assert [row.title for row in tasks_left(office.cas, instance=instance.number)] == ["One", "Two"]
    assert tasks_left(office.bo, instance=instance.number) == []


def test_who_is_offered_a_task_or_was_named_knows_the_instance(office: Office) -> None:
    office.import_as(SIDE_BY_SIDE)
    office.house.person("els", "sales_desk")
    instance = office.start("side")
    assert len(instances(office.dewi).rows) == 1
    els = office.house.again("els")
    assert instances(els).rows == []
    comment_on(office.bo, instance=instance.number, text="Have you seen this, @els?")
    assert len(instances(els).rows) == 1
    assert instances(els, mine=True).rows == []
    with pytest.raises(UnknownProcedure):
        comment_on(els, instance=instance.number + 1, text="Yes")


def test_mentions_are_put_away_by_whom_they_name(office: Office) -> None:
    office.import_as(SIDE_BY_SIDE)
    number = office.start("side").number
    for text in ("First, @cas", "Second, @cas and @dewi", "Third, @cas"):
        comment_on(office.bo, instance=number, text=text)
    mine = [row.id for row in mentions(office.cas).rows]
    assert len(mine) == 3
    with pytest.raises(UnknownProcedure):
        see_mentions(office.dewi, mentions=mine)
    see_mention(office.cas, mention=mine[0])
    see_mentions(office.cas, mentions=mine)
    assert mentions(office.cas).rows == []
    assert [row.seen for row in mentions(office.cas, seen=True).rows] == [True] * 3
    assert Mention.objects.filter(seen_at=None).count() == 1


def test_standing_in_is_ended_by_one_of_the_two(office: Office) -> None:
    today = timezone.localdate()
    number = let_stand_in(office.cas, deputy="bo", first=today, last=today + timedelta(days=2))
    with pytest.raises(NotYours):
        end_stand_in(office.dewi, stand_in=number)
    assert stand_ins(office.dewi).rows == []
    assert [row.state for row in stand_ins(office.bo).rows] == ["now"]
    end_stand_in(office.bo, stand_in=number)
    with pytest.raises(Conflict):
        end_stand_in(office.cas, stand_in=number)
    assert stand_ins(office.anne).rows == []
    assert [row.state for row in stand_ins(office.anne, over=True).rows] == ["over"]
    assert StandIn.objects.get().ended_at is not None


def test_members_of_a_team_are_set(office: Office) -> None:
    add_team(office.anne, code="desk", name="Desk", members=["bo"])
    set_team_members(office.anne, team="desk", members=["cas", "dewi"])
    assert [row.sign_ins for row in teams(office.anne).rows] == [["cas", "dewi"]]
    with pytest.raises(NotFound):
        set_team_members(office.anne, team="desk", members=["nobody"])
    assert TeamMember.objects.count() == 2
    assert [row.sign_in for row in people_to_choose(office.dewi, search="ca")] == ["cas"]


def test_a_procedure_acts_in_the_roles_it_was_given(office: Office) -> None:
    import_procedures(office.anne, contents=[SIDE_BY_SIDE])
    give_procedure_role(office.anne, procedure="side", role="ict_manager")
    with pytest.raises(Conflict):
        give_procedure_role(office.anne, procedure="side", role="ict_manager")
    end_procedure_role(office.anne, procedure="side", role="ict_manager")
    with pytest.raises(NotFound):
        end_procedure_role(office.anne, procedure="side", role="ict_manager")
    account = Procedure.objects.get().account
    assert Grant.objects.filter(user=account, ended_at=None).count() == 0


def test_a_procedure_out_of_use_begins_no_more_until_it_is_published(office: Office) -> None:
    import_procedures(office.anne, contents=[SIDE_BY_SIDE], publish=True)
    retire_procedure(office.anne, procedure="side")
    with pytest.raises(NotRunnable):
        start_procedure(office.bo, procedure="side")
    publish_version(office.anne, procedure="side", version=Version.objects.get().number)
    assert start_procedure(office.anne, procedure="side") == 1
