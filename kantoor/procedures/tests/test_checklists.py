"""Checklists: what people tick and what the system observes, and when a checklist may close."""

from datetime import date

import pytest

from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.procedures.actions.asking import ask_service
from kantoor.procedures.actions.checklist_account import (
    end_checklists_role,
    give_checklists_role,
)
from kantoor.procedures.actions.checklist_templates import (
    keep_checklist,
    retire_checklists,
    use_ready_checklists,
)
from kantoor.procedures.actions.checklists import (
    close_checklist,
    hand_checklist_on,
    look_at_checklist,
    look_at_checklists,
    start_checklist,
    take_checklist,
    tick_item,
    untick_item,
    waive_item,
)
from kantoor.procedures.actions.request_kinds import KindDraft, keep_request_kind
from kantoor.procedures.actions.requests import do_request
from kantoor.procedures.drafts import ChecklistDraft, ItemDraft
from kantoor.procedures.errors import (  # fmt: skip
    ChecklistFaulty,
    ChecklistOpen,
    NotOpen,
    NotYours,
    UnknownProcedure,
)
from kantoor.procedures.models import ChecklistRun, Observation, RunItem, RunListener
from kantoor.procedures.queries.checklists import (  # fmt: skip
    checklist_inputs,
    checklist_run,
    checklist_runs,
    checklists,
)
from kantoor.procedures.queries.observing import account_name, kept_of
from kantoor.procedures.tests.conftest import Office

OPEN_REQUESTS = ItemDraft(
    title="No requests are open", query="procedures.requests", given="state='asked'; kind=kind",
    holds="len(result.rows) == 0", listens="finance.period_closed",
)  # fmt: skip
BY_HAND = ItemDraft(title="Drawers are locked", title_nl="Laden zijn op slot")
DRAFT = ChecklistDraft(code="evening", name="Evening", name_nl="Avond", inputs="kind")


def _may_look(office: Office) -> None:
    give_checklists_role(office.anne, role="controller")


@pytest.fixture
def evening(office: Office) -> int:
    """A run by Bo of a list with one item to observe and one to tick."""
    keep_checklist(office.anne, draft=DRAFT, items=[OPEN_REQUESTS, BY_HAND])
    _may_look(office)
    draft = KindDraft(code="copy", name="Copy", role="bookkeeper")
    keep_request_kind(office.anne, draft=draft)
    ask_service(office.dewi, kind="copy")
    return start_checklist(office.bo, checklist="evening", values={"kind": "copy"})


def _states(run: int) -> list[str]:
    return list(RunItem.objects.filter(run=run).order_by("place").values_list("state", flat=True))


def test_what_the_system_observes_nobody_ticks(office: Office, evening: int) -> None:
    assert _states(evening) == ["open", "open"]
    with pytest.raises(NotYours):
        tick_item(office.bo, run=evening, item=1, note="I saw it")
    tick_item(office.bo, run=evening, item=2, note="All four")
    with pytest.raises(ChecklistOpen) as left:
        close_checklist(office.bo, run=evening)
    assert "1" in str(left.value.message)
    do_request(office.bo, request=1)
    close_checklist(office.bo, run=evening)
    shown = checklist_run(office.bo, run=evening)
    assert (shown.row.state, shown.closed_by) == ("closed", "Bo")
    assert [each.state for each in shown.items] == ["holds", "ticked"]
    with pytest.raises(NotOpen):
        tick_item(office.bo, run=evening, item=2, note="Again")


def test_what_was_observed_and_when_is_kept_once_for_each_change(
    office: Office, evening: int
) -> None:
    look_at_checklist(office.bo, run=evening)
    assert Observation.objects.count() == 1
    do_request(office.bo, request=1)
    assert look_at_checklists(office.anne, runs=[evening]) == 1
    look_at_checklist(office.bo, run=evening)
    (item, _plain) = checklist_run(office.bo, run=evening).items
    assert [each.held for each in item.seen] == [True, False]
    assert [each.result["rows"] for each in item.seen] == [0, 1]
    assert item.state == "holds"


def test_it_is_looked_at_once_more_when_it_closes(office: Office, evening: int) -> None:
    do_request(office.bo, request=1)
    look_at_checklist(office.bo, run=evening)
    tick_item(office.bo, run=evening, item=2, note="Yes")
    ask_service(office.dewi, kind="copy")
    with pytest.raises(ChecklistOpen):
        close_checklist(office.bo, run=evening)


def test_nothing_that_names_anybody_is_kept_of_an_answer() -> None:
    answer = {"name": "Jan", "devices": ["LAP-1"], "out": 2, "parts": {"who": "Piet", "ok": True}}
    kept = kept_of(answer)
    assert "Jan" not in kept
    assert "LAP" not in kept
    assert "Piet" not in kept
    assert '"out":2' in kept


def test_an_item_is_waived_by_somebody_else_than_who_goes_through_it(
    office: Office, evening: int
) -> None:
    with pytest.raises(NotAllowed):
        waive_item(office.cas, run=evening, item=1, why="Never mind")
    kit = office.house.person("kit", "controller", "bookkeeper")
    with pytest.raises(InvalidInput):
        waive_item(kit, run=evening, item=1, why=" ")
    waive_item(kit, run=evening, item=1, why="Comes tomorrow")
    with pytest.raises(NotOpen):
        _tick_waived(office, evening)
    hand_checklist_on(office.bo, run=evening, user="kit")
    with pytest.raises(NotYours):
        close_checklist(kit, run=evening)
    hand_checklist_on(kit, run=evening, user="bo")
    look_at_checklist(office.bo, run=evening)
    assert _states(evening)[0] == "waived"


def _tick_waived(office: Office, run: int) -> None:
    kit = office.house.again("kit")
    waive_item(kit, run=run, item=2, why="Also")
    tick_item(office.bo, run=run, item=2, note="Now I did")


def test_who_goes_through_a_checklist_can_not_waive_of_it(office: Office) -> None:
    keep_checklist(office.anne, draft=ChecklistDraft(code="a", name="A"), items=[BY_HAND, BY_HAND])
    kit = office.house.person("kit", "controller")
    own = start_checklist(kit, checklist="a")
    with pytest.raises(NotYours):
        waive_item(kit, run=own, item=1, why="Mine")
    given = start_checklist(office.bo, checklist="a", role="controller")
    take_checklist(kit, run=given)
    with pytest.raises(NotYours):
        waive_item(kit, run=given, item=1, why="I have it")
    lent = start_checklist(office.bo, checklist="a", role="controller")
    tick_item(kit, run=lent, item=2, note="Seen")
    with pytest.raises(NotYours):
        waive_item(kit, run=lent, item=1, why="I ticked of it")


def test_a_tick_has_a_note_and_may_be_taken_away(office: Office, evening: int) -> None:
    with pytest.raises(InvalidInput):
        tick_item(office.bo, run=evening, item=2, note="")
    with pytest.raises(NotOpen):
        untick_item(office.bo, run=evening, item=2)
    tick_item(office.bo, run=evening, item=2, note="Yes")
    untick_item(office.bo, run=evening, item=2)
    assert _states(evening) == ["open", "open"]
    with pytest.raises(NotFound):
        tick_item(office.bo, run=evening, item=9, note="Yes")
    with pytest.raises(UnknownProcedure):
        tick_item(office.dewi, run=evening, item=2, note="Me")
    with pytest.raises(UnknownProcedure):
        checklist_run(office.dewi, run=evening)


def test_what_may_not_be_asked_is_said_when_it_is_kept_and_stops_it(office: Office) -> None:
    faults = keep_checklist(office.anne, draft=DRAFT, items=[OPEN_REQUESTS])
    assert len(faults) == 1
    assert "procedures.take_part" in faults[0]
    with pytest.raises(ChecklistFaulty):
        start_checklist(office.bo, checklist="evening", values={"kind": "copy"})
    _may_look(office)
    (row,) = checklists(office.anne)
    assert row.faults == []
    assert User.objects.get(sign_in=account_name(office.house.company.pk)).kind == "machine"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"query": "procedures.secret"}, "procedures.secret"),
        ({"given": "state='asked'; colour=kind"}, "colour"),
        ({"query": "procedures.request", "given": ""}, "number"),
        ({"holds": "len(result.rows) == other"}, "other"),
        ({"holds": "len(result.rows"}, "len(result.rows"),
        ({"given": "kind=stranger"}, "stranger"),
        ({"listens": "finance.nothing_happened"}, "finance.nothing_happened"),
    ],
)
def test_each_fault_of_an_observed_item_is_named(
    office: Office, changed: dict[str, str], said: str
) -> None:
    keep_checklist(office.anne, draft=DRAFT, items=[BY_HAND])
    _may_look(office)
    plain = {name: getattr(OPEN_REQUESTS, name) for name in OPEN_REQUESTS.__struct_fields__}
    faults = keep_checklist(office.anne, draft=DRAFT, items=[ItemDraft(**{**plain, **changed})])
    assert len(faults) == 1
    assert said in faults[0]


def test_a_query_that_is_refused_later_holds_nothing_and_says_why(
    office: Office, evening: int
) -> None:
    end_checklists_role(office.anne, role="controller")
    with pytest.raises(NotFound):
        end_checklists_role(office.anne, role="controller")
    look_at_checklist(office.bo, run=evening)
    (item, _plain) = checklist_run(office.bo, run=evening).items
    assert item.state == "open"
    assert account_name(office.house.company.pk) in item.seen[0].why


@pytest.mark.parametrize(
    ("draft", "items", "field"),
    [
        (ChecklistDraft(code="A", name="x"), [BY_HAND], "draft.code"),
        (ChecklistDraft(code="a", name=""), [BY_HAND], "draft.name"),
        (ChecklistDraft(code="a", name="x", inputs="The Kind"), [BY_HAND], "draft.inputs"),
        (ChecklistDraft(code="a", name="x"), [], "items"),
        (ChecklistDraft(code="a", name="x"), [ItemDraft(title="")], "title"),
        (ChecklistDraft(code="a", name="x"), [ItemDraft(title="x", query="a.b")], "holds"),
        (ChecklistDraft(code="a", name="x"), [ItemDraft(title="x", holds="True")], "query"),
        (ChecklistDraft(code="a", name="x"), [ItemDraft(title="x", given="a=b")], "given"),
        (ChecklistDraft(code="a", name="x"), [ItemDraft(title="x", query="a.b", holds="1", given="a")], "given"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_template_is_said_at_its_place(
    office: Office, draft: ChecklistDraft, items: list[ItemDraft], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep_checklist(office.anne, draft=draft, items=items)
    assert refused.value.place.field == field


def test_whoever_manages_people_lets_checklists_see_more(office: Office) -> None:
    with pytest.raises(NotFound):
        give_checklists_role(office.anne, role="controller")
    keep_checklist(office.anne, draft=DRAFT, items=[OPEN_REQUESTS])
    ina = office.house.person("ina", "administrator")
    give_checklists_role(ina, role="controller")
    assert checklists(ina)[0].faults == []
    with pytest.raises(NotAllowed):
        give_checklists_role(office.bo, role="controller")


def test_a_run_keeps_its_items_when_the_template_changes(office: Office, evening: int) -> None:
    keep_checklist(office.anne, draft=DRAFT, items=[ItemDraft(title="Something else")])
    assert len(_states(evening)) == 2
    (row,) = checklists(office.anne)
    assert [each.title for each in row.items] == ["Something else"]
    retire_checklists(office.anne, checklists=["evening"])
    with pytest.raises(NotFound):
        start_checklist(office.bo, checklist="evening", values={"kind": "copy"})
    with pytest.raises(NotFound):
        retire_checklists(office.anne, checklists=["tea"])


def test_what_a_run_is_told_is_asked_by_name(office: Office, evening: int) -> None:
    assert checklist_inputs(office.bo, checklist="evening") == ["kind"]
    with pytest.raises(InvalidInput) as missing:
        start_checklist(office.bo, checklist="evening")
    assert missing.value.place.field == "kind"
    with pytest.raises(InvalidInput):
        start_checklist(office.bo, checklist="evening", values={"kind": "a", "more": "b"})
    (row,) = checklist_runs(office.bo).rows
    assert (row.title, row.left, row.total) == ("Avond: copy", 2, 2)


def test_a_request_is_done_after_its_checklist(office: Office, evening: int) -> None:
    keep_checklist(office.anne, draft=ChecklistDraft(code="a", name="A"), items=[BY_HAND])
    run = start_checklist(office.bo, checklist="a", request=1)
    with pytest.raises(ChecklistOpen):
        do_request(office.bo, request=1)
    tick_item(office.bo, run=run, item=1, note="Yes")
    close_checklist(office.bo, run=run)
    do_request(office.bo, request=1)
    assert [row.id for row in checklist_runs(office.bo, open=False).rows] == [run]


def test_an_event_has_it_looked_at_by_a_job(office: Office, evening: int) -> None:
    from kantoor.departments.finance.actions.closing import close_period
    from kantoor.departments.finance.actions.fiscal_years import open_year
    from kantoor.kernel.jobs.models import Job
    from kantoor.procedures import recurring

    open_year(office.anne, start=date(2011, 1, 1), end=date(2011, 12, 31))
    close_period(office.anne, period="2011-01", how="soft")
    job = Job.objects.get(name="procedures.look_when_told")
    do_request(office.bo, request=1)

    class Quiet:
        def progress(self, *_said: object) -> None: ...

    assert recurring.look_when_told.perform(Quiet(), job.parameters) == 1  # type: ignore[arg-type]
    assert _states(evening)[0] == "holds"
    assert recurring.look_when_due.function(Quiet()) == 0  # type: ignore[arg-type]
    tick_item(office.bo, run=evening, item=2, note="Yes")
    close_checklist(office.bo, run=evening)
    assert RunListener.objects.count() == 0
    assert ChecklistRun.objects.get().look_at is None


def test_the_checklists_that_come_ready_can_be_observed_by_who_may_see(office: Office) -> None:
    codes = ["month-end", "leaver", "fire-drill", "certificates"]
    assert use_ready_checklists(office.anne) == codes
    assert use_ready_checklists(office.anne) == []
    rows = {row.code: row for row in checklists(office.anne)}
    assert rows["month-end"].faults
    for role in ("controller", "hr_officer", "ict_manager"):
        give_checklists_role(office.anne, role=role)
    for row in checklists(office.anne):
        assert [fault for fault in row.faults if "give it a role" not in fault] == []
    assert {row.code for row in checklists(office.anne) if row.faults} == set()
