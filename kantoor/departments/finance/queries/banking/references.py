"""References of payments: found in what a payer wrote, checked by their digits, made for documents.

ISO 11649 (`RF18 5390 0754 7034`), the Belgian structured communication (`+++090/9337/55493+++`)
and the numbers of documents themselves, however they were spaced.
"""

import re
from collections.abc import Iterator

_RF = re.compile(r"RF\d{2}[A-Z0-9]{1,21}")
_SPACED_RF = re.compile(r"RF\d{2}(?:\s?[A-Z0-9]{1,4}){1,6}")
_MARKED_OGM = re.compile(
    r"(?:\+{3}|\*{3})\s*(\d{3})\s?/?\s?(\d{4})\s?/?\s?(\d{5})\s*(?:\+{3}|\*{3})"
)
_WORD = re.compile(r"[A-Z0-9]+")
_ODD = re.compile(r"[^A-Z0-9]")
LONGEST = 30
"""Letters and digits of a number; a longer run is something else."""
PIECES = 4
"""Words that a number may be broken into: `VRK 2011 00012`."""


def bare(number: str) -> str:
    """A number's letters and digits, in capitals."""
    return _ODD.sub("", number.upper())


def is_rf(reference: str) -> bool:
    """Whether this is a creditor reference of ISO 11649, by its check digits (97-10)."""
    if not _RF.fullmatch(reference):
        return False
    turned = reference[4:] + reference[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def rf_of(number: str) -> str:
    """The creditor reference that a document's number makes; empty when it is too long."""
    body = bare(number)
    if not 1 <= len(body) <= 21:
        return ""
    value = int("".join(str(int(each, 36)) for each in f"{body}RF00"))
    return f"RF{98 - value % 97:02}{body}"


def is_ogm(reference: str) -> bool:
    """Whether twelve digits are a Belgian structured communication, by the last two."""
    if len(reference) != 12 or not reference.isdigit():
        return False
    return (int(reference[:10]) % 97 or 97) == int(reference[10:])


def ogm_of(number: str) -> str:
    """The Belgian communication that a document's digits make, as twelve digits."""
    digits = re.sub(r"\D", "", number)[-10:].zfill(10)
    return f"{digits}{int(digits) % 97 or 97:02}"


def structured(reference: str, text: str) -> list[str]:
    """The structured references of a payment that hold by their digits, bare."""
    found: list[str] = []
    for said in filter(None, (reference, text)):
        upper = said.upper()
        if len(upper) <= LONGEST and (is_rf(squeezed := bare(upper)) or is_ogm(squeezed)):
            found.append(squeezed)
        if "+++" in upper or "***" in upper:
            digits = ["".join(each.groups()) for each in _MARKED_OGM.finditer(upper)]
            found += filter(is_ogm, digits)
        if "RF" in upper:
            for each in _SPACED_RF.finditer(upper):
                whole = bare(each[0])
                found += [whole[:end] for end in range(len(whole), 4, -1) if is_rf(whole[:end])][:1]
    if reference and not found:
        found.append(bare(reference))
    return list(dict.fromkeys(found))


def candidates(text: str) -> Iterator[str]:
    """What in a text may be a document's number: each word, and up to four words run together."""
    words = _WORD.findall(text.upper())
    for start in range(len(words)):
        joined = ""
        for word in words[start : start + PIECES]:
            joined += word
            if len(joined) > LONGEST:
                break
            yield joined
