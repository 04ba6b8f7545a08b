"""Write a pain.008: direct debits to one account, in the versions .02 and .08."""

from collections.abc import Sequence

from kantoor.departments.finance.formats.sepa.orders import Order, PaymentFile, euros
from kantoor.departments.finance.formats.sepa.remittance import remitted
from kantoor.departments.finance.formats.sepa.xml import (
    Node,
    agent,
    document,
    moment,
    named,
    numbered,
    prove,
    written,
)

VERSIONS = ("pain.008.001.08", "pain.008.001.02")
SEQUENCES = ("FRST", "RCUR", "OOFF", "FNAL")


def write_debits(wanted: PaymentFile, message: str) -> bytes:
    """The file in that version, valid by its schema; a group for each sequence type."""
    assert message in VERSIONS and wanted.orders and wanted.creditor and wanted.scheme
    whole, root = document(message, "CstmrDrctDbtInitn")
    header = root.add("GrpHdr")
    header.add("MsgId", wanted.message_id)
    header.add("CreDtTm", moment(wanted.made_at))
    header.add("NbOfTxs", str(len(wanted.orders)))
    header.add("CtrlSum", euros(wanted.amount))
    named(header, "InitgPty", wanted.own)
    for sequence in SEQUENCES:
        if some := [order for order in wanted.orders if order.sequence == sequence]:
            _group(root, wanted, sequence, some, message)
    prove(whole, message)
    return written(whole)


def _group(
    root: Node, wanted: PaymentFile, sequence: str, orders: Sequence[Order], message: str
) -> None:
    payment = root.add("PmtInf")
    payment.add("PmtInfId", f"{wanted.message_id}-{sequence}"[:35])
    payment.add("PmtMtd", "DD")
    payment.add("BtchBookg", "true" if wanted.batch else "false")
    payment.add("NbOfTxs", str(len(orders)))
    payment.add("CtrlSum", euros(sum(order.amount for order in orders)))
    kind = payment.add("PmtTpInf")
    kind.add("SvcLvl").add("Cd", "SEPA")
    kind.add("LclInstrm").add("Cd", wanted.scheme)
    kind.add("SeqTp", sequence)
    payment.add("ReqdColltnDt", wanted.execute_on.isoformat())
    named(payment, "Cdtr", wanted.own)
    numbered(payment, "CdtrAcct", wanted.own)
    agent(payment, "CdtrAgt", wanted.own.bic, message)
    payment.add("ChrgBr", "SLEV")
    identity = payment.add("CdtrSchmeId").add("Id").add("PrvtId").add("Othr")
    identity.add("Id", wanted.creditor)
    identity.add("SchmeNm").add("Prtry", "SEPA")
    for order in orders:
        _debit(payment, order, message)


def _debit(payment: Node, order: Order, message: str) -> None:
    assert order.mandate and order.signed_on is not None
    one = payment.add("DrctDbtTxInf")
    one.add("PmtId").add("EndToEndId", order.end_to_end)
    one.add("InstdAmt", euros(order.amount), Ccy="EUR")
    consent = one.add("DrctDbtTx").add("MndtRltdInf")
    consent.add("MndtId", order.mandate)
    consent.add("DtOfSgntr", order.signed_on.isoformat())
    agent(one, "DbtrAgt", order.other.bic, message)
    named(one, "Dbtr", order.other)
    numbered(one, "DbtrAcct", order.other)
    remitted(one, order)
