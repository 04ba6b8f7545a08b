"""What accounts are called in plain-text accounting: `Assets:13011`, by kind and code."""

import re
from collections.abc import Iterable

from kantoor.departments.finance.queries.accounts import Heading

ROOTS = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}


def account_names(accounts: Iterable[Heading]) -> dict[str, str]:
    """A name of its own for each account, by code.

    Beancount takes letters, digits and dashes, beginning with a capital or a digit; what a code
    has else becomes a dash, and where two codes thereby meet, the second gets a number behind it.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for account in accounts:
        part = re.sub(r"[^0-9A-Za-z-]", "-", account.code)
        if not re.match(r"[0-9A-Z]", part):
            part = f"X{part}"
        root, name, count = ROOTS[account.kind], part, 1
        while f"{root}:{name}" in taken:
            count += 1
            name = f"{part}-{count}"
        taken.add(f"{root}:{name}")
        names[account.code] = f"{root}:{name}"
    return names
