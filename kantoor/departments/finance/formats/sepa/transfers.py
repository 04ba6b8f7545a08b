"""Write a pain.001: transfers from one account, in the versions .03 and .09."""

from kantoor.departments.finance.formats.sepa.orders import Order, PaymentFile, euros
from kantoor.departments.finance.formats.sepa.remittance import remitted
from kantoor.departments.finance.formats.sepa.xml import (
    Node,
    agent,
    document,
    moment,
    named,
    newer,
    numbered,
    prove,
    written,
)

VERSIONS = ("pain.001.001.09", "pain.001.001.03")


def write_transfers(wanted: PaymentFile, message: str) -> bytes:
    """The file in that version, valid by its schema; the same values give the same bytes."""
    assert message in VERSIONS and wanted.orders
    whole, root = document(message, "CstmrCdtTrfInitn")
    count, total = str(len(wanted.orders)), euros(wanted.amount)
    header = root.add("GrpHdr")
    header.add("MsgId", wanted.message_id)
    header.add("CreDtTm", moment(wanted.made_at))
    header.add("NbOfTxs", count)
    header.add("CtrlSum", total)
    named(header, "InitgPty", wanted.own)
    payment = root.add("PmtInf")
    payment.add("PmtInfId", wanted.message_id)
    payment.add("PmtMtd", "TRF")
    payment.add("BtchBookg", "true" if wanted.batch else "false")
    payment.add("NbOfTxs", count)
    payment.add("CtrlSum", total)
    kind = payment.add("PmtTpInf")
    kind.add("SvcLvl").add("Cd", "SEPA")
    if wanted.purpose:
        kind.add("CtgyPurp").add("Cd", wanted.purpose)
    day = wanted.execute_on.isoformat()
    if newer(message):
        payment.add("ReqdExctnDt").add("Dt", day)
    else:
        payment.add("ReqdExctnDt", day)
    named(payment, "Dbtr", wanted.own)
    numbered(payment, "DbtrAcct", wanted.own)
    agent(payment, "DbtrAgt", wanted.own.bic, message)
    payment.add("ChrgBr", "SLEV")
    for order in wanted.orders:
        _transfer(payment, order, message)
    prove(whole, message)
    return written(whole)


def _transfer(payment: Node, order: Order, message: str) -> None:
    one = payment.add("CdtTrfTxInf")
    one.add("PmtId").add("EndToEndId", order.end_to_end)
    one.add("Amt").add("InstdAmt", euros(order.amount), Ccy="EUR")
    if order.other.bic:
        agent(one, "CdtrAgt", order.other.bic, message)
    named(one, "Cdtr", order.other)
    numbered(one, "CdtrAcct", order.other)
    remitted(one, order)
