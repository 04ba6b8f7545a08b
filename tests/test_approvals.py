"""The second pair of eyes: another person's, and one that may see as far."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import RequestFactory

from kantoor.departments.finance.actions.closing import close_period, reopen_period
from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import Entry
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.approvals import approve_request, refuse_request
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.actors.roles import Permitted, add_role, end_grant
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.errors import Conflict, DomainError, NotAllowed, NotFound
from kantoor.kernel.record.models import Record
from kantoor.shell.api.bearer import caller
from tests.committed import committed as committed
from tests.founded import House, found

LOW, HIGH = 100_000, 500_000


@pytest.fixture
def house(db: None) -> House:
    return staffed()


def staffed() -> House:
    """Anne and Bert post up to € 1,000 alone, Cees up to € 5,000, Dina any amount."""
    house = found()
    for code, most in (("low", LOW), ("high", HIGH), ("endless", None)):
        add_role(
            house.administrator,
            code=code,
            name_en=code,
            name_nl=code,
            permissions=[Permitted("finance.post_entry", most), Permitted("finance.read_*")],
        )
    for name, role in (("anne", "low"), ("bert", "low"), ("cees", "high"), ("dina", "endless")):
        house.person(name, role)
    return house


def entry(amount: int) -> EntryDraft:
    lines = [LineDraft(account="10201", amount=amount), LineDraft(account="80301", amount=-amount)]
    return EntryDraft(date=date(2011, 1, 31), lines=lines)


def asked(actor: Actor, amount: int) -> int:
    with pytest.raises(NeedsSecondPair) as waiting:
        post_entry(actor, entry=entry(amount))
    return waiting.value.approval_id


def test_a_second_person_approves_and_it_is_done_as_who_asked(house: House) -> None:
    request = asked(house.people["anne"], 250_000)
    assert not Entry.objects.exists()
    approve_request(house.people["cees"], approval_id=request)
    assert Entry.objects.count() == 1
    act = Record.objects.get(action="finance.post_entry", outcome="done")
    assert (act.actor_id, act.cause) == (house.people["anne"].user_id, f"kernel.approval/{request}")


def test_nobody_approves_what_they_asked_themselves(house: House) -> None:
    anne = house.people["anne"]
    request = asked(anne, 250_000)
    for who in (anne, house.again("anne")):
        with pytest.raises(NotAllowed, match="yourself"):
            approve_request(who, approval_id=request)


def test_a_limit_stops_the_second_person_as_it_stopped_the_first(house: House) -> None:
    request = asked(house.people["anne"], 600_000)
    for name in ("bert", "cees"):
        with pytest.raises(NotAllowed, match="above your own limit"):
            approve_request(house.people[name], approval_id=request)
    approve_request(house.people["dina"], approval_id=request)
    assert Entry.objects.count() == 1


def test_what_always_needs_two_people_needs_no_third(house: House) -> None:
    admin = house.administrator
    post_entry(admin, entry=entry(1_000))
    close_period(admin, period="2011-01", how="hard")
    with pytest.raises(NeedsSecondPair) as waiting:
        reopen_period(admin, period="2011-01", why="A receipt was late.")
    add_role(
        admin,
        code="reopener",
        name_en="r",
        name_nl="r",
        permissions=[Permitted("finance.reopen_period")],
    )
    ria = house.person("ria", "reopener")
    approve_request(ria, approval_id=waiting.value.approval_id)


def test_who_may_not_do_it_may_not_decide_on_it(house: House) -> None:
    request = asked(house.people["anne"], 250_000)
    eve = house.person("eve", "employee")
    with pytest.raises(NotAllowed):
        approve_request(eve, approval_id=request)
    with pytest.raises(NotAllowed):
        refuse_request(eve, approval_id=request, remark="no")


def test_a_machine_has_no_eyes(house: House) -> None:
    request = asked(house.people["anne"], 250_000)
    with pytest.raises(NotAllowed, match="person"):
        approve_request(house.machine("robot", "endless"), approval_id=request)
    with pytest.raises(NotAllowed, match="person"):
        approve_request(console_actor(house.company), approval_id=request)


def test_a_token_is_its_owners_eyes_and_a_scope_closes_them(house: House) -> None:
    def through(actor: Actor, *scopes: str) -> Actor:
        token = create_token(actor, name=f"t {scopes}", scopes=scopes).token
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        return caller(RequestFactory().get("/", headers=headers))

    request = asked(house.people["anne"], 250_000)
    with pytest.raises(NotAllowed, match="yourself"):
        approve_request(through(house.people["anne"]), approval_id=request)
    with pytest.raises(NotAllowed):
        approve_request(through(house.people["dina"], "finance.read_*"), approval_id=request)
    approve_request(through(house.people["dina"]), approval_id=request)


def test_a_request_of_another_company_is_not_there(house: House) -> None:
    other = found("Slager BV")
    request = asked(house.people["anne"], 250_000)
    for decide in (approve_request, refuse_request):
        with pytest.raises(NotFound):
            decide(other.again("admin"), approval_id=request, remark="")


def test_what_was_decided_is_decided(house: House) -> None:
    request = asked(house.people["anne"], 250_000)
    refuse_request(house.people["cees"], approval_id=request, remark="Twice as much as last year.")
    with pytest.raises(Conflict):
        approve_request(house.people["dina"], approval_id=request)
    taken_back = asked(house.people["anne"], 250_000)
    refuse_request(house.people["anne"], approval_id=taken_back, remark="")
    assert Approval.objects.get(pk=taken_back).state == "withdrawn"


def test_who_lost_the_role_meanwhile_gets_nothing_done(house: House) -> None:
    request = asked(house.people["anne"], 250_000)
    end_grant(house.administrator, user="anne", role="low")
    with pytest.raises(NotAllowed):
        approve_request(house.people["dina"], approval_id=request)
    assert Approval.objects.get().state == "waiting"
    assert not Entry.objects.exists()


def test_what_fails_when_it_is_approved_still_waits(house: House) -> None:
    lines = [LineDraft(account="10201", amount=250_000)]
    with pytest.raises(NeedsSecondPair) as waiting:
        post_entry(house.people["anne"], entry=EntryDraft(date=date(2011, 1, 31), lines=lines))
    with pytest.raises(DomainError):
        approve_request(house.people["dina"], approval_id=waiting.value.approval_id)
    assert Approval.objects.get().state == "waiting"


def test_an_approval_does_not_leak_out_of_its_action(house: House) -> None:
    with approved("finance.reverse_entry"), pytest.raises(NeedsSecondPair):
        post_entry(house.people["anne"], entry=entry(250_000))


def test_two_who_approve_at_once_perform_it_once(committed: None) -> None:
    house = staffed()
    request = asked(house.people["anne"], 250_000)
    begin, told = threading.Barrier(2), list[str]()

    def decide(who: Actor) -> None:
        try:
            begin.wait()
            approve_request(who, approval_id=request)
            told.append("done")
        except Conflict:
            told.append("conflict")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(house.people[name],)) for name in ("cees", "dina")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["conflict", "done"]
    assert Entry.objects.count() == 1
