"""Accounts of parties, mandates and payment runs of the company that has rows in every table."""

from datetime import date, timedelta

from django.utils import timezone

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.paying.approving import approve_payment_run
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.actions.paying.mandates import (
    add_mandates,
    set_creditor_identifier,
)
from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    verify_party_account,
)
from kantoor.departments.finance.actions.paying.proposing import propose_payments
from kantoor.departments.finance.actions.paying.status import take_in_payment_status
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_payments import MandateDraft
from kantoor.departments.finance.models import Account
from kantoor.departments.finance.queries.paying.own_accounts import own_accounts
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.approvals import approve_request
from tests.founded import House

IBANS = {"V1": "DE89370400440532013000", "V2": "BE68539007547034"}
STATUS = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
<GrpHdr><MsgId>B</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId>
<GrpSts>ACCP</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"""


def paying(house: House) -> None:
    """Two suppliers are paid, each by a run that two people approved and the bank accepted."""
    anne, bo = house.administrator, house.people["bo"]
    for year in (2011, 2012):
        set_creditor_identifier(anne, identifier="NL79ZZZ999999990000", valid_from=date(year, 1, 1))
    for code, iban in IBANS.items():
        propose_party_account(anne, party=code, iban=iban, why="contract")
        verify_party_account(bo, iban=iban)
    signed = date(2025, 1, 1)
    add_mandates(anne, mandates=[MandateDraft(party=code, signed_on=signed) for code in IBANS])
    _owe(house)
    for code in IBANS:
        _pay(house, code)


def _owe(house: House) -> None:
    anne = house.administrator
    roles = Account.objects.filter(company_id=anne.company_id)
    accounts = dict(roles.exclude(role="").values_list("role", "code"))
    post_entries(
        anne,
        entries=[
            EntryDraft(
                date=timezone.localdate() - timedelta(days=30),
                lines=[
                    LineDraft(account=accounts["purchases"], amount=100),
                    LineDraft(account=accounts["payables"], amount=-100, party=code),
                ],
                reference=f"G-{code}",
            )
            for code in IBANS
        ],
    )


def _pay(house: House, code: str) -> None:
    anne, bo, cas = house.administrator, house.people["bo"], house.people["cas"]
    bank = own_accounts(anne.company_id)[0].code
    made = propose_payments(anne, due_until=timezone.localdate(), bank=bank, parties=[code])
    card = payment_run(bo, number=made.number)
    try:
        approve_payment_run(bo, run=made.number, digest=card.digest)
    except NeedsSecondPair as waiting:
        approve_request(cas, approval_id=waiting.approval_id)
    make_payment_file(anne, run=made.number)
    said = STATUS.format(message=card.message_id)
    take_in_payment_status(anne, content=said.encode())
