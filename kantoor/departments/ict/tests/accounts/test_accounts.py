"""Who can sign in where is noted, and what somebody holds is seen, not ticked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.ict.actions.accounts.keeping import (
    close_account,
    close_accounts,
    close_accounts_of,
    open_account,
    open_accounts,
)
from kantoor.departments.ict.actions.devices.licences import add_licence
from kantoor.departments.ict.actions.devices.life import hand_out, sign_handover, take_back
from kantoor.departments.ict.actions.devices.registering import register_device
from kantoor.departments.ict.drafts_accounts import AccountDraft
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.errors_devices import KnownAccount, UnknownAccount, UnknownThing
from kantoor.departments.ict.models import SystemAccount
from kantoor.departments.ict.queries.accounts.holding import held_by
from kantoor.departments.ict.queries.accounts.register import system_accounts
from kantoor.departments.ict.tests.devices.desk import Desk, begin, laptop, report
from kantoor.departments.ict.tests.devices.people import employees
from kantoor.kernel.actions.context import approved
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.record.erasing import erase_person
from kantoor.kernel.record.verify.system import verify

pytestmark = pytest.mark.django_db
SERIAL = "PF1ABCDE"


@pytest.fixture
def desk() -> Desk:
    office = begin()
    employees(office.anne)
    return office


def test_an_account_is_open_once_until_it_is_closed(desk: Desk) -> None:
    first = open_account(desk.iris, party="E1", system="mail", name="noor")
    with pytest.raises(KnownAccount):
        open_account(desk.iris, party="E1", system="mail", name="noor")
    assert close_account(desk.iris, account=first) == 1
    with pytest.raises(UnknownAccount):
        close_account(desk.iris, account=first)
    open_account(desk.iris, party="E1", system="mail", name="noor")
    rows = system_accounts(desk.iris, party="E1").rows
    assert [each.closed_at is None for each in rows] == [True, False]
    assert verify().ok


def test_many_accounts_are_noted_all_or_none(desk: Desk) -> None:
    drafts = [AccountDraft(party="E1", system=system, name="noor") for system in ("mail", "door")]
    with pytest.raises(KnownAccount) as refused:
        open_accounts(desk.iris, accounts=[*drafts, drafts[0]])
    assert refused.value.place.line == 3
    assert not SystemAccount.objects.exists()
    keys = open_accounts(desk.iris, accounts=drafts)
    with pytest.raises(UnknownAccount):
        close_accounts(desk.iris, accounts=[*keys, 10**9])
    assert close_accounts(desk.iris, accounts=keys) == 2


@pytest.mark.parametrize(
    ("party", "system", "name", "error"),
    [
        ("E9", "mail", "noor", UnknownThing),
        ("", "mail", "noor", UnknownThing),
        ("E1", " ", "noor", InvalidInput),
        ("E1", "mail", "x" * 121, InvalidInput),
    ],
)
def test_what_says_too_little_is_refused(
    desk: Desk, party: str, system: str, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        open_account(desk.iris, party=party, system=system, name=name)


def test_all_accounts_of_one_person_are_closed_and_no_other(desk: Desk) -> None:
    for person, system in (("E1", "mail"), ("E1", "door"), ("E2", "mail")):
        open_account(desk.iris, party=person, system=system, name=person)
    assert close_accounts_of(desk.iris, party="E1") == 2
    assert close_accounts_of(desk.iris, party="E1") == 0
    assert held_by(desk.iris, employee="E1").accounts_open == 0
    assert held_by(desk.iris, employee="E2").systems == ["mail"]


def test_what_somebody_holds_is_counted_until_it_is_back_and_closed(desk: Desk) -> None:
    phone = register_device(desk.iris, device=DeviceDraft(kind="phone", serial="FP1"))
    computer = register_device(desk.iris, device=DeviceDraft(kind="computer", serial=SERIAL))
    open_account(desk.iris, party="E1", system="mail", name="noor")
    sheet = hand_out(
        desk.iris, party="E1", items=[HandedItem(device=each) for each in (phone, computer)]
    )
    add_licence(
        desk.iris, software="firefox", publisher="Mozilla", seats=1, starts_on=date(2026, 1, 1)
    )
    held = held_by(desk.iris, employee="E1")
    assert (held.devices_out, held.unsigned_sheets, held.accounts_open) == (2, 1, 1)
    assert (held.computers_silent, held.agent_seen_on, held.licences) == (1, None, [])

    sign_handover(desk.iris, handover=sheet, how="screen", image=b"\x89PNG..")
    report(desk.anne, laptop("lap-2026-01-01-00-00-00", serial=SERIAL))
    held = held_by(desk.iris, employee="E1")
    assert (held.devices, held.unsigned_sheets) == ([phone, computer], 0)
    assert (held.computers_silent, held.licences) == (0, ["firefox"])
    assert held.agent_seen_on is not None

    take_back(desk.iris, party="E1", items=[HandedItem(device=each) for each in held.devices])
    held = held_by(desk.iris, employee="E1")
    assert (held.devices_out, held.unsigned_sheets, held.licences) == (0, 1, [])


def test_what_an_agent_said_before_the_handover_does_not_count(desk: Desk) -> None:
    report(desk.anne, laptop("lap-2026-01-01-00-00-00", serial=SERIAL))
    hand_out(desk.iris, party="E1", items=[HandedItem(device="D-000001")])
    assert held_by(desk.iris, employee="E1").computers_silent == 1


def test_what_somebody_holds_takes_as_many_statements_whatever_they_hold(desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            held_by(desk.iris, employee="E1")
        return len(seen)

    before = statements()
    for n in range(5):
        open_account(desk.iris, party="E1", system=f"s{n}", name="noor")
        device = register_device(desk.iris, device=DeviceDraft(kind="computer", serial=f"S{n}"))
        hand_out(desk.iris, party="E1", items=[HandedItem(device=device)])
    assert statements() <= max(before, 7)


def test_who_may_only_see_devices_does_not_see_accounts(desk: Desk) -> None:
    eva = desk.house.person("eva", "employee")
    with pytest.raises(NotAllowed):
        held_by(eva, employee="E1")
    with pytest.raises(NotAllowed):
        open_account(eva, party="E1", system="mail", name="noor")
    with pytest.raises(UnknownThing):
        held_by(desk.iris, employee="E9")


def test_the_name_of_an_account_goes_with_the_person(desk: Desk) -> None:
    open_account(desk.iris, party="E1", system="mail", name="noor")
    with approved("kernel.erase_person"):
        erase_person(desk.anne, party="E1", why="asked")
    assert SystemAccount.objects.get().name == ""
    assert verify().ok
