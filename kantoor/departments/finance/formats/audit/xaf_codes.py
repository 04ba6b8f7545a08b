"""What the versions of the Dutch XML Auditfile Financieel know by codes of their own.

Facts of the schemas that the Belastingdienst and the XML Platform publish (XAF 3.2, 3.2.1, 4.0).
"""

import re
from typing import NamedTuple


class Version(NamedTuple):
    """A version of the auditfile; `most_lines` is the largest linesCount it takes."""

    name: str
    namespace: str
    most_lines: int


VERSIONS = {
    each.name: each
    for each in (
        Version(
            "4.0",
            "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0",
            9_999_999_999,
        ),
        Version(
            "3.2.1",
            "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.0/structures/XmlAuditfileFinancieel3.2.1",
            9_999,
        ),
        Version("3.2", "http://www.auditfiles.nl/XAF/3.2", 9_999_999_999),
    )
}

JOURNAL_TYPES = {
    "sales": "S",
    "credit_notes": "S",
    "purchases": "P",
    "bank": "B",
    "cash": "C",
    "general": "M",
    "opening": "Z",
    "closing": "M",
}
"""By kind of journal. Opening balances have their own element; a later one is no opening (Z)."""

JOURNAL_KINDS = {
    "S": "sales",
    "P": "purchases",
    "B": "bank",
    "C": "cash",
    "M": "general",
    "O": "opening",
}

OTHER_CURRENCY = "ZZZ"
_NAMED_IN_32 = """
AED AFA ALL AMD ANG AOA ARS AUD AWG AZM BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYR
BZD CAD CDF CHF CLP CNY COP CRC CSD CUP CVE CYP CZK DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP
GBP GEL GGP GHC GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS IMP INR IQD IRR ISK JEP JMD JOD
JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT
MOP MRO MTL MUR MVR MWK MXN MYR MZM NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
ROL RUR RWF SAR SBD SCR SDD SEK SGD SHP SIT SKK SLL SOS SPL SRD STD SVC SYP SZL THB TJS TMM TND
TOP TRL TTD TVD TWD TZS UAH UGX USD UYU UZS VEB VND VUV WST XAF XCD XOF XPF YER ZAR ZMK ZWD
"""
_NAMED_IN_321 = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP
BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR
FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZM NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
SAR SBD SCR SDG SEK SGD SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD UAH UGX
USD USN UYI UYU UYW UZS VES VND VUV WST XAF XCD XOF XPF XUA YER ZAR ZMW ZWD
"""
_CURRENCIES = {
    "3.2": frozenset(_NAMED_IN_32.split()),
    "3.2.1": frozenset(_NAMED_IN_321.split()),
}
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA",
                         "XB", "XI", "XK", "EL"])  # fmt: skip


def currency(code: str, version: Version) -> str:
    """The currency as the version knows it; `ZZZ` stands for one that its list has not."""
    known = _CURRENCIES.get(version.name)
    return code if known is None or code in known else OTHER_CURRENCY


def country(code: str) -> str:
    """The country where all versions know it, else nothing."""
    return code if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY else ""
