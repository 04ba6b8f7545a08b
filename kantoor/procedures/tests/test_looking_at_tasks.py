"""What one task shows, to whom, and after its procedure moved on to another version."""

from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.migrating import move_instances
from kantoor.procedures.actions.tasks import complete_task
from kantoor.procedures.models import Task
from kantoor.procedures.queries.tasks import task as task_shown
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'


def test_a_task_that_was_done_is_shown_after_a_version_without_it(office: Office) -> None:
    body = (
        START
        + '<userTask id="a" name="Ask" k:role="employee"/><userTask id="b" k:role="employee"/>'
        + END
    )
    office.import_as(drawn("k", body, "s > a > b > e"))
    office.start("k")
    complete_task(office.dewi, task=office.task("a").pk)
    newer = START + '<userTask id="b" k:role="employee"/>' + END
    import_procedure(office.anne, content=drawn("k", newer, "s > b > e"), publish=True)
    assert move_instances(office.anne, procedure="k", to=2).moved == 1
    shown = task_shown(office.dewi, task=Task.objects.get(element="a").pk)
    assert (shown.row.title, shown.open, shown.done_by) == ("Ask", False, "Dewi")


def test_who_started_it_sees_a_task_of_others_without_what_is_given_to_them(office: Office) -> None:
    given = more(
        '<k:input name="user" value="\'dewi\'"/><k:offer name="role" value="\'sales_desk\'"/>'
    )
    task = (
        f'<userTask id="u" k:role="administrator" k:action="kernel.grant_role">{given}</userTask>'
    )
    office.import_as(drawn("k", START + task + END, "s > u > e"))
    office.start("k")
    key = office.task("u").pk
    theirs = task_shown(office.bo, task=key)
    assert (theirs.known, theirs.offered) == ({}, {})
    shown = task_shown(office.anne, task=key)
    assert (shown.known, shown.offered) == ({"user": "dewi"}, {"role": "sales_desk"})
