"""Statements written for tests, in the forms of banks, made with few words."""

from collections.abc import Sequence
from typing import NamedTuple

from kantoor.departments.finance.formats.bank.proof import plain

ABN, ING = "NL91ABNA0417164300", "NL20INGB0001234567"


class Row(NamedTuple):
    """A movement: day, amount in cents, what for, who, their IBAN, references."""

    on: str
    amount: int
    text: str = ""
    name: str = ""
    iban: str = ""
    reference: str = ""
    end_to_end: str = ""
    structured: str = ""
    returned: str = ""


def mt940(
    opening: int,
    *rows: Row,
    account: str = ABN,
    currency: str = "EUR",
    start: str = "2011-03-01",
    end: str = "2011-03-31",
    closing: int | None = None,
    number: str = "1",
) -> bytes:
    """A statement as MT940, with Dutch codes."""
    last = opening + sum(row.amount for row in rows) if closing is None else closing
    lines = [
        ":20:TEST",
        f":25:{account}",
        f":28C:{number}",
        _balance("60F", start, currency, opening),
    ]
    for row in rows:
        sign = "D" if row.amount < 0 else "C"
        mark = {"D": "RC", "C": "RD"}[sign] if row.returned else sign
        day = row.on.replace("-", "")[2:]
        lines.append(
            f":61:{day}{day[2:]}{mark}{_comma(abs(row.amount))}NTRFNONREF//{row.reference}"
        )
        said = f"/TRTP/SEPA/IBAN/{row.iban}/NAME/{row.name}/REMI/{_remittance(row)}"
        said += f"/EREF/{row.end_to_end}" if row.end_to_end else ""
        said += f"/RTRN/{row.returned}" if row.returned else ""
        width = 65
        wrapped = [said[n : n + width] for n in range(0, len(said), width)]
        lines.append(":86:" + "\r\n".join(wrapped))
    lines += [_balance("62F", end, currency, last), "-"]
    return "\r\n".join(lines).encode()


def _remittance(row: Row) -> str:
    return f"STRD/CUR/{row.structured}" if row.structured else row.text


def _balance(tag: str, on: str, currency: str, minor: int) -> str:
    day = on.replace("-", "")[2:]
    return f":{tag}:{'D' if minor < 0 else 'C'}{day}{currency}{_comma(abs(minor))}"


def _comma(minor: int) -> str:
    return plain(minor, "EUR").replace(".", ",")


def camt(
    opening: int,
    *rows: Row,
    account: str = ABN,
    currency: str = "EUR",
    start: str = "2011-03-01",
    end: str = "2011-03-31",
    closing: int | None = None,
    version: str = "02",
    number: str = "1",
) -> bytes:
    """A statement as CAMT.053 of a version; from .03 on parties lie one element deeper."""
    last = opening + sum(row.amount for row in rows) if closing is None else closing
    entries = "".join(_entry(row, currency, int(version)) for row in rows)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
<GrpHdr><MsgId>M{number}</MsgId><CreDtTm>{end}T20:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb><CreDtTm>{end}T20:00:00</CreDtTm>
<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>
{_bal("OPBD", opening, start, currency)}{_bal("CLBD", last, end, currency)}{entries}
</Stmt></BkToCstmrStmt></Document>""".encode()


def _bal(code: str, minor: int, on: str, currency: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(minor, currency)}"
        f"<Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _amount(minor: int, currency: str) -> str:
    side = "DBIT" if minor < 0 else "CRDT"
    return f'<Amt Ccy="{currency}">{plain(abs(minor), currency)}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _entry(row: Row, currency: str, version: int) -> str:
    side = "Cdtr" if row.amount < 0 else "Dbtr"
    name = f"<Nm>{_escaped(row.name)}</Nm>"
    party = f"<{side}><Pty>{name}</Pty></{side}>" if version >= 8 else f"<{side}>{name}</{side}>"
    account = f"<{side}Acct><Id><IBAN>{row.iban}</IBAN></Id></{side}Acct>" if row.iban else ""
    status = "<Sts><Cd>BOOK</Cd></Sts>" if version >= 4 else "<Sts>BOOK</Sts>"
    remittance = f"<Ustrd>{_escaped(row.text)}</Ustrd>" if row.text else ""
    if row.structured:
        remittance += f"<Strd><CdtrRefInf><Ref>{row.structured}</Ref></CdtrRefInf></Strd>"
    returned = f"<RtrInf><Rsn><Cd>{row.returned}</Cd></Rsn></RtrInf>" if row.returned else ""
    reference = f"<AcctSvcrRef>{row.reference}</AcctSvcrRef>" if row.reference else ""
    return (
        f"<Ntry>{_amount(row.amount, currency)}{status}<BookgDt><Dt>{row.on}</Dt></BookgDt>"
        f"<ValDt><Dt>{row.on}</Dt></ValDt>{reference}<BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{row.end_to_end or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"<RltdPties>{party}{account}</RltdPties><RmtInf>{remittance}</RmtInf>{returned}"
        "</TxDtls></NtryDtls></Ntry>"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def many(count: int, amount: int = 100, day: str = "2011-03-02") -> Sequence[Row]:
    """So many movements that differ by their text."""
    return [Row(day, amount, f"Payment {n}", f"Payer {n}") for n in range(count)]
