"""What somebody wrote, and what they quoted below it: cut for display, never thrown away."""

import re

_INTRODUCES = re.compile(
    r"[ \t]{0,3}(?:"
    r"(?:on|op|am|le|el|il|den)\b[^\n]{4,200}(?:wrote|schreef|geschreven|schrieb|écrit|escribió|scritto)"
    r"[^\n]{0,80}:?[ \t]*"
    r"|[^\n]{3,150}<[^<>\n]{3,100}>[^\n]{0,60}(?:wrote|schreef|schrieb|écrit)[^\n]{0,60}:[ \t]*"
    r"|-{2,}[ \t]*(?:original message|oorspronkelijk bericht|ursprüngliche nachricht|message d'origine"
    r"|forwarded message|doorgestuurd bericht|weitergeleitete nachricht)[ \t]*-{2,}[ \t]*"
    r"|_{20,}[ \t]*"
    r")\Z",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"[*_ \t]{0,4}(from|van|von|de|sent|verzonden|gesendet|envoyé|date|datum|to|aan|an|à|subject"
    r"|onderwerp|betreff|objet)[*_]{0,2}[ \t]?:[*_]{0,2}[ \t]?\S",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"-- ?\Z")
MOST_LINES = 20_000


def parted(text: str) -> tuple[str, str]:
    """What was written, and the quotation that ends the text with its signature, if any.

    Where somebody answers between the quoted lines the whole stays together.
    """
    lines = text.split("\n", MOST_LINES)
    cut = _quotation(lines)
    fresh, quoted = lines[:cut], lines[cut:]
    for number in range(len(fresh) - 1, max(len(fresh) - 12, 0), -1):
        if _SIGNATURE.match(fresh[number]):
            fresh, quoted = fresh[:number], fresh[number:] + quoted
            break
    if not "".join(fresh).strip():
        return text.strip(), ""
    return "\n".join(fresh).strip(), "\n".join(quoted).strip("\n")


def _quotation(lines: list[str]) -> int:
    """The line at which the closing quotation begins; the number of lines when there is none."""
    for number, line in enumerate(lines):
        if _INTRODUCES.match(_joined(lines, number)) or _INTRODUCES.match(line):
            if not _answers_below(lines, number + 1):
                return number
        elif _outlook_block(lines, number):
            return number
    last = len(lines)
    while last and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith(">")):
        last -= 1
    return last if any(line.lstrip().startswith(">") for line in lines[last:]) else len(lines)


def _joined(lines: list[str], number: int) -> str:
    """The line with the next: long introductions are broken in two."""
    return " ".join(line.strip() for line in lines[number : number + 2])


def _answers_below(lines: list[str], start: int) -> bool:
    """Whether own words follow quoted lines: then the quotation can't be cut off."""
    seen = False
    for line in lines[start:]:
        bare = line.strip()
        if bare.startswith(">"):
            seen = True
        elif bare and seen and not _SIGNATURE.match(line):
            return True
        elif _SIGNATURE.match(line):
            return False
    return False


def _outlook_block(lines: list[str], number: int) -> bool:
    """Whether a header written out begins here, as Outlook puts above what it quotes."""
    some = lines[number : number + 4]
    names = {found[1].lower() for line in some if (found := _HEADER.match(line))}
    first = _HEADER.match(lines[number])
    return bool(first) and len(names) >= 3
