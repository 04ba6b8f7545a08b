"""The bank's file of a run: once approved, with everybody's account, and the same again."""

import pytest
from lxml import etree

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.hr.actions.payroll.bank_accounts import add_pay_accounts
from kantoor.departments.hr.actions.payroll.runs import make_pay_run
from kantoor.departments.hr.actions.people.files import change_person_file
from kantoor.departments.hr.errors_pay import PayState
from kantoor.departments.hr.models import Payslip
from kantoor.departments.hr.queries.payroll.bank_file import wages_file
from kantoor.departments.hr.queries.payroll.slips import pay_run
from kantoor.departments.hr.tests.payroll.paying import START, Pay
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed

OWN, THEIRS = "NL91ABNA0417164300", "NL39RABO0300065264"


def with_accounts(pay: Pay) -> None:
    for employee in ("M1", "E1", "E2"):
        change_person_file(pay.staff.house.administrator, employee=employee, iban=THEIRS)


def test_net_pay_goes_to_the_bank_as_one_sum_and_the_same_file_again(pay: Pay) -> None:
    with_accounts(pay)
    run = pay.run(1)
    with pytest.raises(Conflict, match="bank account"):
        wages_file(pay.paul, run=run)
    add_bank_account(pay.staff.house.administrator, name="Bank", iban=OWN)
    name, content = wages_file(pay.paul, run=run)
    assert name == "wages-2026-01-1.xml"
    said = {each.tag.rpartition("}")[2]: each.text for each in etree.fromstring(content).iter()}
    net = sum(Payslip.objects.values_list("net", flat=True))
    assert said["CtrlSum"] == f"{net // 100}.{net % 100:02}"
    assert (said["NbOfTxs"], said["BtchBookg"]) == ("3", "true")
    assert b"<CtgyPurp><Cd>SALA</Cd></CtgyPurp>" in b"".join(content.split())
    # Whoever changes a file afterwards sends nobody's pay elsewhere.
    change_person_file(pay.staff.house.administrator, employee="E1", iban=OWN)
    assert wages_file(pay.paul, run=run).content == content


def test_who_has_no_account_is_named_and_nobody_is_left_out(pay: Pay) -> None:
    run = pay.run(1)
    change_person_file(pay.staff.house.administrator, employee="E1", iban=THEIRS)
    with pytest.raises(InvalidInput, match="in the file of "):
        wages_file(pay.paul, run=run)
    assert pay_run(pay.cora, run=run).without_account == 2  # Emma's stands in her file
    with_accounts(pay)
    assert add_pay_accounts(pay.cora, run=run) == 2
    assert add_pay_accounts(pay.cora, run=run) == 0
    assert pay_run(pay.cora, run=run).without_account == 0
    add_bank_account(pay.staff.house.administrator, name="Bank", iban=OWN)
    assert THEIRS.encode() in wages_file(pay.paul, run=run).content


def test_a_run_that_is_not_approved_and_who_may_not_see_pay_get_no_file(pay: Pay) -> None:
    made = make_pay_run(pay.paul, month=START)
    with pytest.raises(PayState, match="Approve 2026-01-1 first"):
        wages_file(pay.paul, run=made.run)
    with pytest.raises(PayState, match="Approve 2026-01-1 first"):
        add_pay_accounts(pay.cora, run=made.run)
    with pytest.raises(NotAllowed):
        wages_file(pay.staff.house.person("hans", "hr_officer"), run=made.run)
