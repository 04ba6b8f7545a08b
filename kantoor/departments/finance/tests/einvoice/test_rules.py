"""The rules of EN 16931 fire where the official tests say so, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from lxml import etree

from kantoor.departments.finance.formats.einvoice import errors, validate
from kantoor.departments.finance.formats.einvoice.official import is_available
from kantoor.departments.finance.tests.einvoice.samples import CANDIDATE, COLLECTIONS, samples
from kantoor.kernel.tests.shared import shared_file

SETS = "{http://difi.no/xsd/vefa/validator/1.0}"


class RuleTest(NamedTuple):
    """One document of a test set and whether a rule has to fire on it."""

    name: str
    xml: bytes
    rule: str
    fires: bool


def rule_tests(collection: str) -> Iterator[RuleTest]:
    """All tests of a collection with their keys."""
    key = shared_file(collection, "_expected.json")
    for name, expected in msgspec.json.decode(key.read_bytes()).items():
        root = etree.fromstring(Path(key.parent, name).read_bytes())
        for n, (test, said) in enumerate(zip(root.iter(f"{SETS}test"), expected, strict=True)):
            document = next(each for each in test.iterchildren("*") if each.tag != f"{SETS}assert")
            xml = etree.tostring(document)
            for kind, rules in said.items():
                for rule in rules:
                    yield RuleTest(f"{name} {n}", xml, rule, kind != "success")


def test_the_built_in_check_agrees_with_every_official_test() -> None:
    tests = list(rule_tests("en16931-unit"))
    assert len(tests) == 580
    wrong = [
        (each.name, each.rule)
        for each in tests
        if (each.rule in {found.rule for found in validate(each.xml)}) != each.fires
    ]
    assert not wrong


@pytest.mark.skipif(not is_available(), reason="THE OFFICIAL RULES NEED saxonche")
def test_both_checks_together_agree_with_every_official_test() -> None:
    wrong = [
        (each.name, each.rule)
        for each in rule_tests("en16931-unit")
        if (each.rule in {found.rule for found in validate(each.xml, official=True)}) != each.fires
    ]
    assert not wrong


# Tests of Peppol in CII whose documents no reader of CII takes as meant (elements elsewhere, a
# scheme VAT), of German cash discounts and telephones, and of Greek buyers.
NOT_AGREED = 15


def test_the_rules_of_peppol_fire_as_its_tests_say() -> None:
    tests = list(rule_tests("peppol3-unit"))
    wrong = [
        (each.name, each.rule)
        for each in tests
        if (each.rule in {found.rule for found in validate(each.xml)}) != each.fires
    ]
    assert len(tests) == 435
    assert len(wrong) <= NOT_AGREED, wrong


# The stylesheet of the key stopped at the first, and had no name for what it found in the second.
NOT_KEYED = {"SI-UBL-2.0_UBL-SR-15_error_multiple_legalentity_registrationname.xml", "SI-UBL-2.0_error_no_customizationid.xml"}  # fmt: skip


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_examples_break_the_rules_of_their_key_and_no_others(collection: str) -> None:
    wrong = []
    for path, expected in samples(collection):
        if "fatal" not in expected or path.name in NOT_KEYED or path.name == CANDIDATE:
            continue
        found = {each.rule for each in errors(validate(path.read_bytes()))}
        if found != set(expected["fatal"]):
            wrong.append((path.name, found ^ set(expected["fatal"])))
    assert not wrong
