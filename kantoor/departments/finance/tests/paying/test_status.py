"""What the bank says of a payment file, and payments that come back."""

import pytest
from django.utils import translation

from kantoor.departments.finance.actions.paying.rejecting import Rejection, reject_payments
from kantoor.departments.finance.actions.paying.status import take_in_payment_status
from kantoor.departments.finance.errors import RunChanged, UnreadableFile
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.queries.paying.runs import PaymentRunCard, payment_run
from kantoor.departments.finance.tests.paying.treasury import IBANS, Treasury
from kantoor.kernel.errors import Conflict, NotFound

REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>{id}</MsgId><CreDtTm>2026-01-01T10:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>
{group}</OrgnlGrpInfAndSts>{orders}</CstmrPmtStsRpt></Document>"""
ORDER = """<OrgnlPmtInfAndSts><OrgnlPmtInfId>{message}</OrgnlPmtInfId><TxInfAndSts>
<OrgnlEndToEndId>{order}</OrgnlEndToEndId><TxSts>{status}</TxSts>
<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>"""


@pytest.fixture
def card(treasury: Treasury) -> PaymentRunCard:
    for n in range(2):
        treasury.supplier(f"S{n}", IBANS[n])
        treasury.owe(f"S{n}", 100 * (n + 1), f"A{n}")
    made = treasury.propose()
    treasury.send(made.number)
    return payment_run(treasury.carla, number=made.number)


def report(card: PaymentRunCard, group: str = "", version: str = "03", **orders: str) -> bytes:
    """A report; orders by their place (`n1="RJCT"`)."""
    said = "".join(
        ORDER.format(
            message=card.message_id,
            order=card.orders[int(n[1:]) - 1].end_to_end,
            status=status,
            reason="AC04",
        )
        for n, status in orders.items()
    )
    status = f"<GrpSts>{group}</GrpSts>" if group else ""
    return REPORT.format(
        id="B1", message=card.message_id, group=status, orders=said, version=version
    ).encode()


def states(treasury: Treasury, card: PaymentRunCard) -> list[tuple[str, str]]:
    orders = payment_run(treasury.carla, number=card.run.number).orders
    return [(each.state, each.reason) for each in orders]


@pytest.mark.parametrize("version", ["03", "10", "14"])
def test_a_rejected_payment_is_due_again(
    treasury: Treasury, card: PaymentRunCard, version: str
) -> None:
    content = report(card, "PART", version, n1="RJCT", n2="ACSC")
    taken = take_in_payment_status(treasury.carla, content=content)
    assert (taken.accepted, taken.rejected) == (1, 1)
    assert states(treasury, card) == [("rejected", "AC04"), ("accepted", "")]
    assert treasury.open_of("S0") == -100
    assert treasury.open_of("S0", "payments_in_transit") == 0
    assert treasury.open_of("S1") == 0
    assert list(receivables()) == []
    again = treasury.propose()
    assert (again.orders, again.amount) == (1, 100)


def test_a_status_of_the_whole_file_goes_for_all_in_it(
    treasury: Treasury, card: PaymentRunCard
) -> None:
    taken = take_in_payment_status(treasury.carla, content=report(card, "RJCT"))
    assert taken.rejected == 2
    assert treasury.open_of("S0") + treasury.open_of("S1") == -300


def test_the_same_report_again_changes_nothing(treasury: Treasury, card: PaymentRunCard) -> None:
    content = report(card, "ACCP")
    take_in_payment_status(treasury.carla, content=content)
    with pytest.raises(Conflict, match="before"):
        take_in_payment_status(treasury.carla, content=content)
    assert states(treasury, card) == [("accepted", "")] * 2


def test_a_report_on_a_file_that_is_not_ours_is_refused(
    treasury: Treasury, card: PaymentRunCard
) -> None:
    strange = report(card, "ACCP").replace(card.message_id.encode(), b"OTHER")
    with pytest.raises(NotFound):
        take_in_payment_status(treasury.carla, content=strange)
    order = card.orders[0].end_to_end.encode()
    strange = report(card, n1="RJCT").replace(b">" + order + b"<", b">X<")
    with pytest.raises(RunChanged, match="X"):
        take_in_payment_status(treasury.carla, content=strange)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'/>",
        b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.002.001.03'/>",
        b"<a>" * 100_000,
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(treasury: Treasury, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        take_in_payment_status(treasury.carla, content=content)


def test_a_report_may_have_comments(treasury: Treasury, card: PaymentRunCard) -> None:
    content = report(card, "ACCP").replace(
        b"<CstmrPmtStsRpt>", b"<!-- a --><CstmrPmtStsRpt><!-- b -->"
    )
    assert take_in_payment_status(treasury.carla, content=content).accepted == 2


def test_the_reason_is_in_the_readers_language(treasury: Treasury) -> None:
    with translation.override("nl"), pytest.raises(UnreadableFile, match="geen XML"):
        take_in_payment_status(treasury.carla, content=b"not xml")


def test_a_payment_can_be_booked_back_by_hand_but_once(
    treasury: Treasury, card: PaymentRunCard
) -> None:
    rejection = Rejection(end_to_end=card.orders[0].end_to_end, reason="came back")
    assert reject_payments(treasury.carla, rejections=[rejection]).amount == 100
    assert treasury.open_of("S0") == -100
    with pytest.raises(RunChanged):
        reject_payments(treasury.carla, rejections=[rejection])
    with pytest.raises(NotFound):
        reject_payments(treasury.carla, rejections=[Rejection(end_to_end="X")])
