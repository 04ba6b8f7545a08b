"""Wages go to the bank by a payment run of finance, which sees one sum and nobody's pay."""

from datetime import date

import msgspec
import pytest
from django.utils import timezone
from lxml import etree

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.actions.paying.approving import approve_payment_run
from kantoor.departments.finance.actions.paying.editing import cancel_payment_run
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.actions.paying.rejecting import Rejection, reject_payments
from kantoor.departments.finance.actions.paying.status import take_in_payment_status
from kantoor.departments.finance.models import Line, OpenItem, PaymentOrder, PaymentRun
from kantoor.departments.finance.queries.paying.files import payment_file
from kantoor.departments.finance.queries.paying.runs import payment_run, payment_runs
from kantoor.departments.finance.tests.banking.papers import Row, camt
from kantoor.departments.hr.actions.payroll.bank_accounts import add_pay_accounts
from kantoor.departments.hr.actions.payroll.runs import make_pay_run
from kantoor.departments.hr.actions.payroll.wages import pay_wages, return_wages
from kantoor.departments.hr.actions.people.files import change_person_file
from kantoor.departments.hr.errors_pay import PayState, UnknownPay
from kantoor.departments.hr.models import Payslip, WageTransfer
from kantoor.departments.hr.queries.payroll.slips import pay_run
from kantoor.departments.hr.queries.payroll.wages import (
    wage_payment,
    wage_payment_file,
    wage_payments,
)
from kantoor.departments.hr.tests.payroll.paying import START, Pay
from kantoor.departments.hr.tests.payroll.test_pay_is_private import written
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.record.verify.system import verify

OWN, THEIRS, OTHER = "NL91ABNA0417164300", "NL39RABO0300065264", "NL20INGB0001234567"
STATUS = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
<GrpHdr><MsgId>B</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId>
<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{message}</OrgnlPmtInfId>
<TxInfAndSts><OrgnlEndToEndId>{one}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd>
</Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"""


class Wages:
    """A company whose wages of January are approved; Bo and Cas keep its books."""

    def __init__(self, pay: Pay, *, accounts: bool = True) -> None:
        self.pay, self.balance = pay, 10_000_000
        house = pay.staff.house
        add_bank_account(house.administrator, name="Bank", iban=OWN)
        self.bo, self.cas = house.person("bo", "bookkeeper"), house.person("cas", "bookkeeper")
        if accounts:
            self.accounts()
        self.run = pay.run(1)
        self.net = sum(Payslip.objects.values_list("net", flat=True))

    def accounts(self, iban: str = THEIRS) -> None:
        for employee in ("M1", "E1", "E2"):
            change_person_file(self.pay.staff.house.administrator, employee=employee, iban=iban)

    def approve(self, number: str) -> None:
        digest = payment_run(self.bo, number=number).digest
        with pytest.raises(NeedsSecondPair) as waiting:
            approve_payment_run(self.bo, run=number, digest=digest)
        approve_request(self.cas, approval_id=waiting.value.approval_id)

    def send(self, *runs: str) -> str:
        """Propose, approve and make the file; gives the number."""
        number = pay_wages(self.pay.cora, runs=runs or [self.run]).payment
        self.approve(number)
        make_payment_file(self.bo, run=number)
        return number

    def under_way(self) -> int:
        rows = OpenItem.objects.filter(account__role="payments_in_transit")
        return sum(rows.values_list("open", flat=True))

    def owed(self) -> int:
        return sum(Line.objects.filter(account__code="16101").values_list("amount", flat=True))

    def statement(self, *rows: Row) -> None:
        day = timezone.localdate().isoformat()
        content = camt(self.balance, *rows, start=day, end=day)
        self.balance += sum(row[1] for row in rows)
        import_statement(self.bo, name=str(self.balance), content=content)


@pytest.fixture
def wages(pay: Pay) -> Wages:
    return Wages(pay)


def test_net_pay_is_one_order_that_two_people_approve_and_one_line_settles(wages: Wages) -> None:
    number = wages.send()
    run = PaymentRun.objects.get(number=number)
    assert (run.kind, run.order_count, run.amount) == ("wages", 1, wages.net)
    assert (wages.owed(), wages.under_way()) == (0, -wages.net)
    content = wage_payment_file(wages.pay.paul, number=number).content
    said = {each.tag.rpartition("}")[2]: each.text for each in etree.fromstring(content).iter()}
    assert said["CtrlSum"] == f"{wages.net // 100}.{wages.net % 100:02}"
    assert (said["NbOfTxs"], said["BtchBookg"]) == ("3", "true")
    assert b"<CtgyPurp><Cd>SALA</Cd></CtgyPurp>" in b"".join(content.split())
    wages.statement(Row(run.execute_on.isoformat(), -wages.net, "pay", end_to_end=run.message_id))
    done = book_certain(wages.bo)
    assert (done.lines, done.settled, wages.under_way()) == (1, wages.net, 0)
    assert wage_payment(wages.pay.paul, number=number).payment.state == "paid"
    # Whoever changes a file afterwards sends nobody's pay elsewhere.
    wages.accounts(OWN)
    assert wage_payment_file(wages.pay.paul, number=number).content == content
    assert verify().faults == []


def test_who_keeps_the_books_sees_the_sum_and_nobodys_pay(wages: Wages) -> None:
    number = wages.send()
    slip = wages.pay.slip("E1", 1)
    marks = [THEIRS, slip.party.name, *written(slip.net), *written(wages.pay.slip("M1", 1).net)]
    seen = [
        payment_run(wages.bo, number=number),
        payment_runs(wages.bo).rows,
        list(PaymentOrder.objects.values()),
        list(Line.objects.values("text", "amount", "party_id")),
    ]
    text = msgspec.json.encode(seen, enc_hook=str).decode()
    assert str(wages.net) in text
    assert [mark for mark in marks if mark in text] == []
    assert not payment_run(wages.bo, number=number).orders[0].opens
    assert payment_run(wages.pay.cora, number=number).orders[0].opens.endswith(number)
    for call in (payment_file, wage_payment_file, wage_payment):
        with pytest.raises(NotAllowed):
            call(wages.bo, number=number)
    with pytest.raises(NotFound):  # Nor may they try transfers one by one.
        reject_payments(wages.bo, rejections=[Rejection(end_to_end=f"{number}-1-1")])


def test_a_run_is_paid_once_and_again_when_the_payment_was_called_off(wages: Wages) -> None:
    first = pay_wages(wages.pay.cora, runs=[wages.run])
    assert (first.people, first.amount) == (3, wages.net)
    with pytest.raises(PayState, match="is paid"):
        pay_wages(wages.pay.cora, runs=[wages.run])
    assert pay_run(wages.pay.paul, run=wages.run).unpaid == 0
    cancel_payment_run(wages.bo, run=first.payment, why="too early")
    assert pay_run(wages.pay.paul, run=wages.run).unpaid == 3
    again = wages.send()
    assert again != first.payment
    with pytest.raises(PayState, match="is paid"):
        pay_wages(wages.pay.cora, runs=[wages.run])
    rows = wage_payments(wages.pay.paul).rows
    assert [(each.number, each.state) for each in rows] == [
        (again, "sent"),
        (first.payment, "cancelled"),
    ]
    with pytest.raises(InvalidInput, match="one amount"):
        make_payment_file(wages.bo, run=_approved(wages), batch=False)
    assert verify().faults == []


def _approved(wages: Wages) -> str:
    number = pay_wages(wages.pay.cora, runs=[wages.pay.run(2)]).payment
    wages.approve(number)
    return number


def test_what_the_bank_refuses_is_owed_again_and_paid_on_another_account(wages: Wages) -> None:
    number = wages.send()
    emma = wages.pay.slip("E1", 1)
    place = WageTransfer.objects.get(slip=emma).n
    run = PaymentRun.objects.get(number=number)
    said = STATUS.format(message=run.message_id, one=f"{number}-1-{place}")
    taken = take_in_payment_status(wages.bo, content=said.encode())
    assert (taken.accepted, taken.rejected) == (0, 1)
    assert (wages.owed(), wages.under_way()) == (-emma.net, -wages.net + emma.net)
    card = wage_payment(wages.pay.paul, number=number)
    assert [each.employee for each in card.transfers if each.back] == ["E1"]
    assert pay_run(wages.pay.paul, run=wages.run).unpaid == 1
    # The statement shows what was left of the sum as one line.
    left = wages.net - emma.net
    wages.statement(Row(run.execute_on.isoformat(), -left, "pay", end_to_end=run.message_id))
    assert book_certain(wages.bo).settled == left
    change_person_file(wages.pay.staff.house.administrator, employee="E1", iban=OTHER)
    assert add_pay_accounts(wages.pay.cora, run=wages.run) == 1
    again = wages.send()
    content = wage_payment_file(wages.pay.paul, number=again).content
    assert OTHER.encode() in content and THEIRS.encode() not in content
    assert (wages.owed(), wages.under_way()) == (0, -emma.net)
    assert verify().faults == []


def test_what_comes_back_after_the_statement_is_settled_by_its_own_line(wages: Wages) -> None:
    number = wages.send()
    run = PaymentRun.objects.get(number=number)
    wages.statement(Row(run.execute_on.isoformat(), -wages.net, "pay", end_to_end=run.message_id))
    book_certain(wages.bo)
    cora, emma = wages.pay.cora, wages.pay.slip("E1", 1)
    assert return_wages(cora, payment=number, employees=["E1"], reason="AC04") == 1
    with pytest.raises(DomainError, match="came back before"):
        return_wages(cora, payment=number, employees=["E1"])
    with pytest.raises(UnknownPay, match="does not pay"):
        return_wages(cora, payment=number, employees=["nobody"])
    assert (wages.owed(), wages.under_way()) == (-emma.net, emma.net)
    place = WageTransfer.objects.get(slip=emma).n
    line = Row(run.execute_on.isoformat(), emma.net, "back", end_to_end=f"{number}-1-{place}")
    wages.statement(line)
    book_certain(wages.bo)
    assert wages.under_way() == 0
    # Refused as a whole, everybody is owed again.
    reject_payments(wages.bo, rejections=[Rejection(end_to_end=f"{number}-1")])
    assert wages.owed() == -wages.net
    assert wage_payment(wages.pay.paul, number=number).payment.state == "rejected"
    assert verify().faults == []


def test_who_has_no_account_is_named_and_nobody_is_left_out(pay: Pay) -> None:
    wages = Wages(pay, accounts=False)
    change_person_file(pay.staff.house.administrator, employee="E1", iban=THEIRS)
    with pytest.raises(InvalidInput, match="in the file of "):
        pay_wages(pay.cora, runs=[wages.run])
    assert pay_run(pay.cora, run=wages.run).without_account == 2  # Emma's stands in her file
    wages.accounts()
    assert add_pay_accounts(pay.cora, run=wages.run) == 2
    assert add_pay_accounts(pay.cora, run=wages.run) == 0
    assert pay_run(pay.cora, run=wages.run).without_account == 0
    assert pay_wages(pay.cora, runs=[wages.run]).people == 3


def test_a_run_that_is_not_approved_is_not_paid_and_not_by_who_may_not(wages: Wages) -> None:
    made = make_pay_run(wages.pay.paul, month=date(2026, 2, 1))
    with pytest.raises(PayState, match="Approve 2026-02-1 first"):
        pay_wages(wages.pay.cora, runs=[made.run])
    with pytest.raises(PayState, match="Approve 2026-02-1 first"):
        add_pay_accounts(wages.pay.cora, run=made.run)
    for actor in (wages.pay.paul, wages.bo, wages.pay.staff.emma):
        with pytest.raises(NotAllowed):
            pay_wages(actor, runs=[wages.run])
    with pytest.raises(InvalidInput):
        pay_wages(wages.pay.cora, runs=[])


def test_several_runs_are_paid_by_one_order(wages: Wages) -> None:
    later = wages.pay.run(2)
    made = pay_wages(wages.pay.cora, runs=[wages.run, later, later])
    assert made.people == 6
    row = wage_payment(wages.pay.paul, number=made.payment).payment
    assert (row.first, row.last, row.people) == (START, date(2026, 2, 1), 3)
