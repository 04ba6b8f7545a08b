"""Payments that another department keeps sealed: finance has the sum, the file has all of it."""

from collections.abc import Iterator

import pytest

from kantoor.departments.finance import sealed
from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.actions.paying.editing import reschedule_payment_run
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.actions.paying.rejecting import Rejection, reject_payments
from kantoor.departments.finance.actions.paying.sealing import (
    SealedPayment,
    propose_sealed_payment,
)
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import NothingToPay, RunChanged, UnknownAccount
from kantoor.departments.finance.queries.paying.files import FileGone, payment_file
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.departments.finance.queries.paying.sealed import sealed_standing
from kantoor.departments.finance.tests.paying.treasury import IBANS, PAYABLES, Treasury, today
from kantoor.departments.finance.tests.people import PURCHASES
from kantoor.kernel.errors import NotAllowed

OWED = "16101"
PAID = [
    sealed.Transfer(name=name, iban=iban, amount=amount, remittance="May")
    for name, iban, amount in (("Ann", IBANS[0], 1_000_01), ("Bob", IBANS[1], 2_000_02))
]


class Keeper:
    """A department that keeps what it pays to itself, in memory."""

    def __init__(self, treasury: Treasury) -> None:
        self.treasury = treasury
        self.kept: sealed.Content | None = None
        sealed.keeps_sealed(
            "tests.kept", sealed.Source("tests.see", lambda *_where: self.kept, lambda n: f"/{n}")
        )

    def propose(self, owed: str = OWED, transfers: list[sealed.Transfer] = PAID) -> str:
        self.kept = sealed.Content("nonce", transfers)
        payment = SealedPayment(
            source="tests.kept", text="Kept", owed=owed, nonce="nonce", transfers=transfers
        )
        return propose_sealed_payment(self.treasury.carla, payment=payment).number


@pytest.fixture
def keeper(treasury: Treasury) -> Iterator[Keeper]:
    lines = [
        LineDraft(account=PURCHASES, amount=3_000_03),
        LineDraft(account=OWED, amount=-3_000_03),
    ]
    post_entry(treasury.books.anne, entry=EntryDraft(date=today(), lines=lines, text="Owed"))
    yield Keeper(treasury)
    sealed._sources.pop("tests.kept")


def test_a_sealed_payment_is_one_order_and_its_file_is_for_who_may_open_it(keeper: Keeper) -> None:
    treasury = keeper.treasury
    number = keeper.propose()
    card = payment_run(treasury.carla, number=number)
    assert [(each.party, each.iban, each.amount) for each in card.orders] == [("", "", 3_000_03)]
    assert sealed_standing(treasury.carla, [number])[number].state == "proposed"
    treasury.send(number)
    with pytest.raises(NotAllowed):
        payment_file(treasury.carla, number=number)
    # The books' own keeper of everything has the permission by none of finance's.
    assert payment_run(treasury.carla, number=number).file_sha256 == ""
    assert sealed_standing(treasury.carla, [number])[number].state == "sent"


def test_what_is_not_what_two_people_approved_is_not_paid(keeper: Keeper) -> None:
    treasury = keeper.treasury
    number = keeper.propose()
    treasury.approve(number)
    content, keeper.kept = keeper.kept, sealed.Content("nonce", PAID[:1])
    with pytest.raises(RunChanged, match="not what was handed in"):
        make_payment_file(treasury.carla, run=number)
    keeper.kept = content
    make_payment_file(treasury.carla, run=number)


def test_what_can_not_be_paid_sealed_is_refused(keeper: Keeper) -> None:
    with pytest.raises(UnknownAccount, match="kept by party"):
        keeper.propose(owed=PAYABLES)
    with pytest.raises(UnknownAccount, match="no account"):
        keeper.propose(owed="nowhere")
    with pytest.raises(NothingToPay):
        keeper.propose(transfers=[])


def test_all_of_it_can_be_refused_and_the_day_changed(keeper: Keeper) -> None:
    treasury = keeper.treasury
    number = keeper.propose()
    reschedule_payment_run(treasury.carla, run=number, execute_on=today())
    treasury.send(number)
    done = reject_payments(treasury.carla, rejections=[Rejection(end_to_end=f"{number}-1")])
    assert (done.orders, done.amount) == (2, 3_000_03)
    standing = sealed_standing(treasury.carla, [number])[number]
    assert (standing.is_off, standing.returned) == (True, frozenset({1, 2}))
    with pytest.raises(RunChanged, match="rejected before"):
        reject_payments(treasury.carla, rejections=[Rejection(end_to_end=f"{number}-1")])


def test_a_file_of_who_was_erased_is_gone(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    treasury = keeper.treasury
    number = keeper.propose()
    treasury.send(number)
    monkeypatch.setattr(
        "kantoor.departments.finance.queries.paying.files.may_open", lambda *_who: True
    )
    assert b"Ann" in payment_file(treasury.carla, number=number).content
    keeper.kept = sealed.Content(
        "nonce", [PAID[0], sealed.Transfer(name="", iban="", amount=2_000_02, remittance="May")]
    )
    with pytest.raises(FileGone):
        payment_file(treasury.carla, number=number)
