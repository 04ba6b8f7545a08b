"""Addresses of mail: taken from fields and texts, in one form, never more than is asked for."""

import re
from typing import NamedTuple

from kantoor.kernel.addresses import as_compared
from kantoor.kernel.mail.reading.headers import Headers, decoded_words

LONGEST_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3."""
MOST_ADDRESSES = 1000

ADDRESS = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~@-])"
    r"([\w!#$%&'*+/=?^`{|}~-][\w.!#$%&'*+/=?^`{|}~-]{0,127})@"
    r"((?:[\w-]{1,63}\.){1,10}[\w-]{2,63})(?![\w@-])"
)
"""An address within a text. Local parts are those people have, not all that RFC 5321 allows."""
_WHOLE = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x20]{1,128}@(?:[\w-]{1,63}\.){0,10}[\w-]{1,63}")
_QUOTED = re.compile(r'("(?:[^"\\]|\\.){0,100}")@((?:[\w-]{1,63}\.){0,10}[\w-]{1,63})')


class Mailbox(NamedTuple):
    """Somebody's name, which may be empty, and address."""

    name: str
    address: str


def canonical(text: str) -> str:
    """An address in the form it is compared in; empty when it is none.

    Lower case as a whole: no mail provider that is in use tells local parts apart by case. Its
    domain as the DNS has it, however it is spelled (`as_compared`).
    """
    bare = text.strip().strip("<>").removeprefix("mailto:").strip()
    if len(bare) > LONGEST_ADDRESS:
        return ""
    plain = as_compared(bare)
    fits = len(plain) <= LONGEST_ADDRESS and (_WHOLE.fullmatch(plain) or _QUOTED.fullmatch(plain))
    return plain if fits else ""


def mailboxes(value: str, most: int = MOST_ADDRESSES) -> list[Mailbox]:
    """The mailboxes of a field such as To: at most so many, what is no address left out."""
    found = []
    for item in _items(value):
        name, bracket, rest = item.rpartition("<")
        text = rest.partition(">")[0] if bracket else item.partition("(")[0]
        if address := canonical(text):
            found.append(Mailbox(_name(name if bracket else ""), address))
            if len(found) == most:
                break
    return found


def mailboxes_of(headers: Headers, *names: str, most: int = MOST_ADDRESSES) -> list[Mailbox]:
    """The mailboxes of all fields of these names, each address once."""
    found: dict[str, Mailbox] = {}
    for name, value in headers.fields:
        if name in names and len(found) < most:
            for each in mailboxes(value, most - len(found)):
                found.setdefault(each.address, each)
    return list(found.values())


def addresses_in(text: str, most: int = MOST_ADDRESSES) -> list[str]:
    """Every address that stands in a text, each once, in order."""
    found: dict[str, None] = {}
    for match in ADDRESS.finditer(text):
        if address := canonical(match[0].rstrip(".")):
            found[address] = None
            if len(found) == most:
                break
    return list(found)


def _items(value: str) -> list[str]:
    """The parts of a list between commas and semicolons outside quotes, groups' names left out."""
    items, quoted, start = [], False, 0
    for match in re.finditer(r'[",;:]|\\.', value):
        sign = match[0]
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in ",;":
            items.append(value[start : match.start()])
            start = match.end()
        elif not re.search(r"<|mailto\s*$", value[start : match.start()], re.IGNORECASE):
            start = match.end()  # the name of a group
    items.append(value[start:])
    return items


def _name(text: str) -> str:
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        bare = re.sub(r"\\(.)", r"\1", bare[1:-1])
    return decoded_words(bare)[:200]
