"""How CII may be used for EN 16931: what has to occur (CII-SR), and data types (CII-DT)."""

from kantoor.departments.finance.formats.einvoice.rules.check import Check
from kantoor.departments.finance.formats.einvoice.xml import Node

_IDENTIFIER = {
    "schemeName": "CII-DT-001",
    "schemeAgencyName": "CII-DT-002",
    "schemeDataURI": "CII-DT-003",
    "schemeURI": "CII-DT-004",
}
_TYPE_CODE = {"name": "CII-DT-008", "listURI": "CII-DT-009"}
_QUANTITY = {
    "unitCodeListID": "CII-DT-034",
    "unitCodeListAgencyID": "CII-DT-035",
    "unitCodeListAgencyName": "CII-DT-036",
}
_ADDRESS = {
    "ID": "CII-DT-082",
    "PostOfficeBox": "CII-DT-083",
    "BuildingName": "CII-DT-084",
    "LineFour": "CII-DT-086",
    "LineFive": "CII-DT-087",
    "StreetName": "CII-DT-088",
    "CitySubDivisionName": "CII-DT-089",
    "CountryName": "CII-DT-090",
    "CountrySubDivisionID": "CII-DT-091",
    "AttentionOf": "CII-DT-092",
    "CareOf": "CII-DT-093",
    "BuildingNumber": "CII-DT-094",
    "DepartmentName": "CII-DT-095",
    "AdditionalStreetName": "CII-DT-096",
}
_PERIOD = {
    "DurationMeasure": "CII-DT-069",
    "InclusiveIndicator": "CII-DT-070",
    "Description": "CII-DT-071",
    "CompleteDateTime": "CII-DT-073",
    "OpenIndicator": "CII-DT-074",
    "SeasonCode": "CII-DT-075",
    "ID": "CII-DT-076",
    "Name": "CII-DT-077",
    "SequenceNumeric": "CII-DT-078",
    "StartDateFlexibilityCode": "CII-DT-079",
    "ContinuousIndicator": "CII-DT-080",
    "PurposeCode": "CII-DT-081",
}
_TAXES = frozenset({"ApplicableTradeTax", "CategoryTradeTax"})


def check_cii(check: Check) -> None:
    """All of them."""
    root = check.root
    guidelines = root.every(
        "ExchangedDocumentContext", "GuidelineSpecifiedDocumentContextParameter"
    )
    message = "The specification (BT-24) has to be given exactly once."
    check.need(len(guidelines) == 1, "CII-SR-009", message)
    check.need(all(len(each.all("ID")) == 1 for each in guidelines), "CII-SR-010", message)
    for each in root.all("ExchangedDocument"):
        message = "The type of document (BT-3) has to be given exactly once."
        check.need(len(each.all("TypeCode")) == 1, "CII-SR-014", message)
    for node in check.nodes:
        _data_type(check, node)


def _data_type(check: Check, node: Node) -> None:
    name = node.name
    if node.attributes:
        if name.endswith("Amount"):
            if name != "TaxTotalAmount":
                _no_attributes(check, node, {"currencyID": "CII-DT-031"})
            _no_attributes(check, node, {"currencyCodeListVersionID": "CII-DT-032"})
        elif name.endswith("ID"):
            _no_attributes(check, node, _IDENTIFIER)
        elif name.endswith("TypeCode"):
            _no_attributes(check, node, _TYPE_CODE)
        elif name.endswith("Quantity"):
            _no_attributes(check, node, _QUANTITY)
    if name == "PostalTradeAddress":
        _no_children(check, node, _ADDRESS)
    elif name == "BillingSpecifiedPeriod":
        _no_children(check, node, _PERIOD)
    elif name in _TAXES:
        vat = node.value("TypeCode") == "VAT"
        check.need(vat, "CII-DT-037", "The type of a tax has to be VAT.", node.value("TypeCode"))
    elif name == "SpecifiedTradeAllowanceCharge":
        message = "An allowance or charge doesn't say which of both it is."
        check.need(node.all("ChargeIndicator"), "BR-66", message)
    elif name == "ApplicableProductCharacteristic":
        message = "An item attribute has its {} more than once."
        check.need(len(node.all("Description")) <= 1, "CII-SR-069", message.format("name"))
        check.need(len(node.all("Value")) <= 1, "CII-SR-072", message.format("value"))


def _no_attributes(check: Check, node: Node, rules: dict[str, str]) -> None:
    for attribute in node.attributes:
        if attribute in rules:
            message = f"The attribute {attribute} may not be used on {node.name}."
            check.say(rules[attribute], message)


def _no_children(check: Check, node: Node, rules: dict[str, str]) -> None:
    for name in node.children:
        if name in rules:
            check.say(rules[name], f"{name} may not be used in {node.name}.")
