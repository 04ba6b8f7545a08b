"""Numbers of bank accounts: IBAN and BIC checked by schwifty, and numbers of before there were any.

MT940 files name an account by what its bank called it before IBAN (`0123456789`, `50880050/0194`):
such a number is the account's when its digits are those of the IBAN.
"""

import re
from functools import lru_cache

# schwifty's register of banks takes memory: it is loaded when a number is first looked at.
_SPACES = re.compile(r"[\s.\-]")
_LEAST = 5
"""Fewer digits say nothing of an account."""


def compact(number: str) -> str:
    """A number of an account without spaces, in capitals."""
    return _SPACES.sub("", number).upper()


@lru_cache(maxsize=65536)
def is_iban(number: str) -> bool:
    """Whether a compact number is an IBAN: its country, length, form and check digits."""
    if not 15 <= len(number) <= 34 or not number[:2].isalpha():
        return False
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        IBAN(number)
    except SchwiftyException:
        return False
    return True


def is_bic(code: str) -> bool:
    """Whether this is the code of a bank by its form (ISO 9362)."""
    from schwifty import BIC
    from schwifty.exceptions import SchwiftyException

    try:
        BIC(code)
    except SchwiftyException:
        return False
    return True


@lru_cache(maxsize=4096)
def bic_of(iban: str) -> str:
    """The BIC of the bank of a valid IBAN, where schwifty's register has it."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        return str(IBAN(iban).bic or "")
    except SchwiftyException:
        return ""


def shown(iban: str) -> str:
    """An IBAN in groups of four, as people read it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def same_account(said: str, iban: str, number: str) -> bool:
    """Whether what a file says of an account means the account with this IBAN or number."""
    bare = compact(said)
    if not bare:
        return False
    if bare in (iban, number):
        return True
    if not iban or is_iban(bare):
        return False
    bank, slash, rest = bare.partition("/")
    if not slash:
        bank, rest = "", bare
    digits = _digits_alone(rest)
    if len(digits) < _LEAST:
        return False
    inner = iban[4:]
    return inner.endswith(digits) and (not bank or bank in (inner[: len(bank)], bank_names(iban)))


def bank_names(iban: str) -> str:
    """What the bank's BIC is, for numbers that name it so."""
    return bic_of(iban)[:8]


def _digits_alone(number: str) -> str:
    """The digits of a number without the zeros before and the currency behind."""
    found = re.fullmatch(r"0*(\d+)([A-Z]{3})?", number)
    return found[1] if found else ""
