"""The namespaces and names of CII D16B, and those that ZUGFeRD 1.0 had for the same elements."""

from kantoor.departments.finance.formats.einvoice.model import Syntax
from kantoor.departments.finance.formats.einvoice.xml import Node

_DATA = "urn:un:unece:uncefact:data:standard:"
_FERD = "urn:ferd:CrossIndustryDocument:invoice:1p0"
_CANDIDATE = f"{_DATA}CBFBUY:5"
PREFIXES = dict.fromkeys(
    (
        f"{_DATA}CrossIndustryInvoice:100",
        f"{_DATA}ReusableAggregateBusinessInformationEntity:100",
        f"{_DATA}UnqualifiedDataType:100",
        f"{_DATA}QualifiedDataType:100",
        _FERD,
        _CANDIDATE,
        f"{_DATA}ReusableAggregateBusinessInformationEntity:12",
        f"{_DATA}UnqualifiedDataType:15",
        f"{_DATA}QualifiedDataType:12",
    ),
    "",
)
ROOTS = {
    "CrossIndustryInvoice": Syntax.CII,
    "CrossIndustryDocument": Syntax.ZUGFERD_1,
    "Invoice": Syntax.ZUGFERD_1,
}
_SINCE = {
    "SpecifiedExchangedDocumentContext": "ExchangedDocumentContext",
    "HeaderExchangedDocument": "ExchangedDocument",
    "SpecifiedSupplyChainTradeTransaction": "SupplyChainTradeTransaction",
    "ApplicableSupplyChainTradeAgreement": "ApplicableHeaderTradeAgreement",
    "ApplicableSupplyChainTradeDelivery": "ApplicableHeaderTradeDelivery",
    "ApplicableSupplyChainTradeSettlement": "ApplicableHeaderTradeSettlement",
    "SpecifiedSupplyChainTradeAgreement": "SpecifiedLineTradeAgreement",
    "SpecifiedSupplyChainTradeDelivery": "SpecifiedLineTradeDelivery",
    "SpecifiedSupplyChainTradeSettlement": "SpecifiedLineTradeSettlement",
    "ApplicablePercent": "RateApplicablePercent",
}
HEADER_TOTALS = "SpecifiedTradeSettlementHeaderMonetarySummation"
LINE_TOTALS = "SpecifiedTradeSettlementLineMonetarySummation"
_TOTALS_1 = "SpecifiedTradeSettlementMonetarySummation"
# UNTDID 2475, which CII has, as UNTDID 2005, which EN 16931 means.
TAX_POINTS = {"5": "3", "29": "35", "72": "432"}


def renamed(root: Node) -> None:
    """Give the elements of ZUGFeRD 1.0 the names they have since D16B."""
    root.name = "CrossIndustryInvoice"
    for node in root.walk():
        for old in [name for name in node.children if name in _SINCE or name == _TOTALS_1]:
            line = node.name == "SpecifiedLineTradeSettlement"
            new = _SINCE.get(old) or (LINE_TOTALS if line else HEADER_TOTALS)
            node.children[new] = node.children.pop(old)
            for child in node.children[new]:
                child.name = new
