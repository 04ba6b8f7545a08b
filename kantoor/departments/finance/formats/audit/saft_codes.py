"""What SAF-T Financial knows by codes, and what ours are called in it.

Facts of Skatteetaten's schemas and documentation of SAF-T Financial (1.10 and 1.30).
"""

import re
from collections.abc import Sequence

from kantoor.departments.finance.formats.audit.values import Value

NAMESPACE = "urn:StandardAuditFile-Taxation-Financial:NO"
TAX_TYPE, TAX_NAME = "MVA", "Merverdiavgift"
"""The one tax that the schema takes: VAT."""
NO_STANDARD = "NA"
"""For a tax code that is none of Norway's standard ones, as those of other countries."""
CATEGORY = "Kantoor "
"""Before the kind of an account that has no RGS code."""
LONGEST_TYPE = 9
_JOURNALS = {"credit_notes": "sales"}
_KINDS = ("sales", "purchases", "bank", "cash", "general", "opening", "closing")
_KNOWN_DIMENSIONS = {
    "cost_centre": "cost_centre", "kostenplaats": "cost_centre", "avdeling": "cost_centre",
    "department": "cost_centre", "project": "project", "prosjekt": "project",
}  # fmt: skip


def journal_type(kind: str) -> str:
    """The type of a journal, by its kind."""
    return _JOURNALS.get(kind, kind)[:LONGEST_TYPE]


def journal_kind(type: str) -> str:
    """The kind of a journal, by a type that may be another program's."""
    return type if type in _KINDS else "general"


class Analyses:
    """The short types that dimensions have in a file."""

    def __init__(self, values: Sequence[Value]) -> None:
        self.types: dict[str, str] = {}
        taken: set[str] = set()
        for code in dict.fromkeys(each.dimension for each in values):
            short, count = code[:LONGEST_TYPE], 1
            while short in taken:
                count += 1
                short = f"{code[: LONGEST_TYPE - 1 - len(str(count))]}-{count}"
            taken.add(short)
            self.types[code] = short

    def type_of(self, dimension: str) -> str:
        """The type of a dimension."""
        return self.types[dimension]


def dimension_of(type: str, description: str) -> str:
    """The dimension that a type of another program's file is, by its name where that can be one."""
    name = re.sub(r"[^a-z0-9]+", "_", description.lower()).strip("_")[:30]
    if name in _KNOWN_DIMENSIONS:
        return _KNOWN_DIMENSIONS[name]
    if re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return name
    return f"x_{re.sub(r'[^a-z0-9]+', '_', type.lower())}"[:30]
