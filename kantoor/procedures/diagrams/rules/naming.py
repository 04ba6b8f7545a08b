"""Names of values: which can be given, and which are the house's own."""

import keyword
import re

from kantoor.kernel.expressions.functions import FUNCTIONS

ALWAYS_KNOWN = frozenset({"instance", "requester"})
"""What every expression of a procedure knows."""
OWN = frozenset({*ALWAYS_KNOWN, "result", "event", "error", "today", "employee_of", *FUNCTIONS})
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,59}")
_WORDS = frozenset(keyword.kwlist)


def is_name(name: str) -> bool:
    """Whether a value may be called so."""
    return bool(_NAME.fullmatch(name)) and name not in OWN and name not in _WORDS
