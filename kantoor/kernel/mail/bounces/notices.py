"""Bounces written for people: the address is found by where it stands in the text."""

import re

from kantoor.kernel.mail.bounces.found import (
    COMPLAINT,
    DELAYED,
    FAILED,
    LONGEST_REASON,
    Failure,
    status_in,
)
from kantoor.kernel.mail.bounces.words import (
    DAEMON,
    DELAY,
    GONE,
    MOVED,
    NO_REPLY,
    RETURNED,
    SENTENCE,
    SUBJECT,
    UNSUBSCRIBE,
)
from kantoor.kernel.mail.reading.addresses import addresses_in, mailboxes_of
from kantoor.kernel.mail.reading.headers import Headers, read_headers
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.reading.quoting import parted
from kantoor.kernel.mail.reading.texts import plain_text

LONGEST_NOTICE = 32 * 1024
MOST_LINES = 400
MOST_NAMED = 50
CLEAR = 4
"""The score of a line that can hardly mean anything else."""

_ALONE = re.compile(r"[\s*>•\"'(\[<]*[^\s<>\"]{1,130}@[^\s<>\"]{1,130}?[>\"')\]]*[\s:.,]*\Z")
_LEADING = re.compile(r"[\s*>•|]*(?:[45]\d\d[ -])?[<\"']?[^\s<>\"'@]{1,130}@[^\s<>\"':]{1,130}")
_LABELLED = re.compile(
    r"(?:recipients?|address(?:es)?|rcpt(?: to)?|to|user|userid|failed|for|reached?|mailing list"
    r"|e-?mail)\W{1,6}<?$",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"(?:mail )?from\W{0,4}<?$|contact\W{1,3}<?$|assistance|mailto:$|sender\W{0,4}<?$|hello |"
    r"(?:^|\W)(?:dear|hi)\W",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:contact|write to|assistance|send mail to|to the address|questions?)\W*$", re.IGNORECASE
)
_CODE = re.compile(r"(?<!\d)[45]\d\d(?!\d)|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}|unknown|rejected|full")
_FOR = re.compile(r"\bfor\s+<?([^\s<>;]{1,130}@[^\s<>;]{1,130})>?", re.IGNORECASE)


def notice(message: Message) -> list[Failure]:
    """The addresses that a notice of a mail program tells of; empty when it is no such notice."""
    text = plain_text(message)[:LONGEST_NOTICE]
    told, returned = _split(text)
    if not _from_a_program(message, told):
        return []
    failed_recipients = addresses_in(" ".join(message.headers.all("x-failed-recipients")))
    failing = bool(SUBJECT.search(message.subject))
    if not (failing or failed_recipients or SENTENCE.search(told)):
        return []
    original = _returned(message, returned)
    named = _named(told, message, original) or failed_recipients
    if not named and (failing or SENTENCE.search(told)):
        named = _written_to(original)
    if not named and failing:
        named = _anybody(message, told)
    outcome = DELAYED if DELAY.search(message.subject) or DELAY.search(told) else FAILED
    return [Failure(each, outcome, *_why(told, each)) for each in dict.fromkeys(named[:MOST_NAMED])]


def moved(message: Message) -> list[Failure]:
    """The sender, when an answering machine says that the address is no longer theirs."""
    headers = message.headers
    submitted = headers.get("auto-submitted").lower()
    precedence = headers.get("precedence").lower()
    machine = submitted not in ("", "no") or precedence == "auto_reply" or "x-autoreply" in headers
    if not machine and message.return_path != "":
        return []
    text = parted(plain_text(message)[:LONGEST_NOTICE])[0]
    others = [a for a in addresses_in(text[:2000], 5) if a != message.sender.address]
    named = message.return_path == "" and len(text) < 2000 and others and MOVED.search(text)
    if message.sender.address and (named or GONE.search(text)):
        return [Failure(message.sender.address, FAILED, "5.1.6", text.strip()[:LONGEST_REASON])]
    return []


def opted_out(message: Message) -> list[Failure]:
    """The sender, when their mail program asks to be sent no more (RFC 8058's forerunner)."""
    if UNSUBSCRIBE.match(message.subject) and message.headers.get("auto-submitted"):
        return [Failure(message.sender.address, COMPLAINT, reason="opt-out")]
    return []


def _split(text: str) -> tuple[str, str]:
    """The notice, and what follows it of the mail that came back."""
    found = RETURNED.search(text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _from_a_program(message: Message, told: str) -> bool:
    """Whether a mail program wrote it: nobody else's forwarded bounce counts."""
    sender = message.headers.get("from")
    if DAEMON.search(sender) or message.return_path == "" or sender == "<>":
        return True
    if "x-failed-recipients" in message.headers or "x-mlserver" in message.headers:
        return True
    if NO_REPLY.search(sender) and any(
        p.media_type == "message/rfc822" for p in message.own_parts()
    ):
        return True
    path = message.headers.get("return-path")
    return bool(DAEMON.search(path)) or "rcpt to:" in told.lower()


def _returned(message: Message, returned: str) -> Headers:
    """The header of the mail that came back, from its own part or from the text."""
    for part in message.top.walk():
        if part is message.top:
            continue
        if part.media_type == "message/rfc822" and part.parts:
            return part.parts[0].headers
        if part.media_type == "text/rfc822-headers":
            return read_headers(part.text().strip().encode())
    lines = returned.split("\n")
    first = next((n for n, line in enumerate(lines) if re.match(r"[\w-]+[ \t]*:", line)), 0)
    return read_headers("\n".join(lines[first:]).lstrip("\n").partition("\n\n")[0].encode())


def _named(told: str, message: Message, original: Headers) -> list[str]:
    """The addresses of the notice that stand where failed ones do, the best places only."""
    lines = told.split("\n")[:MOST_LINES]
    ours = {each.address for each in message.recipients} | {message.sender.address}
    written_to = set(_written_to(original))
    best: dict[str, int] = {}
    before = ""
    for number, line in enumerate(lines):
        near = "\n".join(lines[number : number + 4])
        for address in addresses_in(line, MOST_NAMED):
            score = _place(before, line, address, near) + (address in written_to)
            if address in ours and address not in written_to:
                score -= 3
            best[address] = max(best.get(address, 0), score)
        before = line if line.strip() else before
    enough = min(CLEAR, max(best.values(), default=0))
    return [each for each, score in best.items() if score >= max(enough, 2)]


def _place(before: str, line: str, address: str, near: str) -> int:
    """How much a line looks like one that names a failed address."""
    ahead = line[: line.lower().find(address)]
    if _NOT_HERE.search(ahead) or (not ahead.strip(" \t<") and _ELSEWHERE.search(before)):
        return 0
    score = 1
    if _ALONE.match(line) or _LEADING.fullmatch(line[: len(ahead) + len(address)]):
        score += 3
    elif _LABELLED.search(ahead):
        score += 2
    if _CODE.search(near):
        score += 1
    return score


def _written_to(original: Headers) -> list[str]:
    """Whom the mail that came back was for: its To, else what its servers noted."""
    found = [each.address for each in mailboxes_of(original, "to", most=MOST_NAMED)]
    found += [each.address for each in mailboxes_of(original, "x-envelope-to", "delivered-to")]
    if not found:
        noted = [m[1] for value in original.all("received") for m in [_FOR.search(value)] if m]
        found = addresses_in(" ".join(noted[:5]))[:1]
    return list(dict.fromkeys(found))


def _anybody(message: Message, told: str) -> list[str]:
    """The first address of the notice that is neither ours nor the program's."""
    known = {each.address for each in message.recipients} | {message.sender.address}
    foreign = [a for a in addresses_in(told, MOST_NAMED) if a not in known and not DAEMON.search(a)]
    return foreign[:1]


def _why(told: str, address: str) -> tuple[str, str]:
    """Status and reason, from the words after the address."""
    at = told.lower().find(address)
    after = told[at + len(address) :] if at >= 0 else told
    words = " ".join(after.split())[:LONGEST_REASON].strip(' >:"')
    return status_in(words) or status_in(told), words
