"""What stands in :86:, the free part of MT940, which each bank fills in its own way.

Told apart by how it begins: German and Triodos' subfields (`166?20…`, `000>20…`), the codes of
Dutch banks between slashes (`/TRTP/…/NAME/…`), ABN AMRO's labels of before (`OMSCHRIJVING: …`),
SNS' line with account and name; anything else is text.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH = 65
"""Characters of a line in SWIFT; a full one goes on in the next without a space."""


class Said(NamedTuple):
    """What was found of one entry."""

    text: str = ""
    name: str = ""
    iban: str = ""
    bic: str = ""
    end_to_end: str = ""
    mandate: str = ""
    creditor_reference: str = ""
    returned: str = ""
    kind: str = ""


_GERMAN = re.compile(r"(\d{3})([^A-Za-z0-9\s/:.,-])(\d\d)")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|COAM|OAMT|PURP|RREF)\+")
_CODES = (
    "TRTP|CSID|NAME|MARF|REMI|IBAN|BIC|EREF|ORDP|BENM|CNTP|RTRN|PREF|IREF|PURP|SVCL|ISDT|ID|ADDR"
    "|ULTC|ULTD|ULTB|OCMT|CHGS|EXCH|NRTX|TRCD|BTRT|CREF|KREF|MREF|ORDB|PROC|ACCT"
)
_SLASHED = re.compile(rf"/({_CODES})/")
_LABELS = re.compile(
    r"(?:^|\s)(IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|MACHTIGING|INCASSANT|BETALINGSKENM\.|VOOR):\s*"
)
_SNS = re.compile(r"(\d{10}|[A-Z]{2}\d{2}[A-Z0-9]{11,30}) (\S.*)")
_POLISH = re.compile(r"(Z RACH\.|NA RACH\.|OD|DLA|TYT\.|TNR|ID IPH):\s*")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def information(fields: Sequence[str], supplement: str = "") -> Said:
    """Read the fields :86: of an entry; `supplement` is the second line of its :61:."""
    raw = "\n".join(fields)
    begin = raw.lstrip()
    if found := _GERMAN.match(begin):
        said = _german(begin.replace("\n", ""), found[1], found[2])
    elif _SLASHED.match(begin):
        said = _slashed(raw.replace("\n", ""))
    elif re.match(r"SEPA ", begin) and _LABELS.search(begin):
        said = _labelled(raw)
    elif (first := _SNS.fullmatch(begin.partition("\n")[0].strip())) is not None:
        said = Said(text=_joined(begin.partition("\n")[2]), name=first[2], iban=first[1])
    elif re.match(r"\d{3} ", begin) and _POLISH.search(begin):
        said = _polish(_joined(raw))
    else:
        said = Said(text=_joined(raw))
    bare = supplement.strip()
    if bare and not said.iban and _IBAN.fullmatch(bare):
        said = said._replace(iban=bare)
    elif bare and not said.text:
        said = said._replace(text=_joined(supplement))
    return said


def _joined(raw: str) -> str:
    """Lines as one: a full line was broken within a word."""
    text = last = ""
    for line in raw.split("\n"):
        full = text and len(last) >= WIDTH and not last.endswith(" ")
        text += line.strip() if full or not text else f" {line.strip()}"
        last = line
    return text


def _german(raw: str, code: str, mark: str) -> Said:
    """Subfields by number: 20-29 and 60-63 the purpose, 30-33 whom it is with."""
    parts = re.split(rf"{re.escape(mark)}(\d\d)", raw[3:])
    found: dict[str, str] = {}
    for number, text in zip(parts[1::2], parts[2::2], strict=False):
        found[number] = found.get(number, "") + text
    purposes = [n for n in sorted(found) if n[0] == "2" or n in ("60", "61", "62", "63")]
    purpose = _together([found[n] for n in purposes])
    keys = _keyed(_SEPA, purpose)
    name = found.get("32", "").strip() + found.get("33", "").rstrip()
    return Said(
        text=keys.get("SVWZ", keys[""]).strip() or found.get("00", ""),
        name=name.strip() or keys.get("ABWA", "").strip(),
        iban=(found.get("31", "") or keys.get("IBAN", "")).strip(),
        bic=(found.get("30", "") or keys.get("BIC", "")).strip(),
        end_to_end=(keys.get("EREF") or keys.get("KREF") or "").strip(),
        mandate=keys.get("MREF", "").strip(),
        returned=found.get("34", "").strip() if code in ("108", "109", "159", "183", "184") else "",
        kind=code,
    )


def _together(parts: Sequence[str]) -> str:
    """Subfields of 27 characters run on; a shorter one ends a word."""
    full = 27
    text = ""
    for part in parts:
        text += part if len(part) >= full or part.endswith(" ") else f"{part} "
    return text.strip()


def _keyed(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    """What stands behind each key; before the first under the empty one."""
    parts = pattern.split(text)
    found = {"": parts[0]}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        found[key] = found.get(key) or value
    return found


def _slashed(raw: str) -> Said:
    """Codes between slashes: ABN AMRO, ING, Rabobank, Knab, bunq, Triodos."""
    keys = _keyed(_SLASHED, raw)
    iban, bic, name = keys.get("IBAN", ""), keys.get("BIC", ""), keys.get("NAME", "")
    for side in ("CNTP", "ORDP", "BENM"):
        if not keys.get(side, "").strip("/"):
            continue
        parts = [part.strip() for part in keys[side].strip().split("/")]
        if _IBAN.fullmatch(parts[0]):
            iban = iban or parts[0]
            bic = bic or (parts[1] if len(parts) > 1 else "")
            name = name or (parts[2] if len(parts) > 2 else "")
        else:
            name = name or " ".join(filter(None, parts))
    text, reference = _remittance(keys.get("REMI", ""))
    if not text and not reference and "REMI" not in keys:
        text = keys.get("TRTP", "") or keys[""]
    return Said(
        text=text,
        name=name.strip(" /"),
        iban=iban.strip(" /"),
        bic=bic.strip(" /"),
        end_to_end=(keys.get("EREF") or keys.get("KREF") or "").strip(" /"),
        mandate=(keys.get("MARF") or keys.get("MREF") or "").strip(" /"),
        creditor_reference=reference,
        returned=keys.get("RTRN", "").strip(" /").partition("/")[0],
        kind=keys.get("TRTP", "").strip(" /"),
    )


def _remittance(said: str) -> tuple[str, str]:
    """`/REMI/USTD//text` or `/REMI/STRD/CUR/reference`, or the text alone."""
    bare = said.strip()
    if bare.startswith("USTD//"):
        return bare[6:].strip(" /"), ""
    if bare.startswith("STRD/"):
        kind, _slash, reference = bare[5:].partition("/")
        return "", (reference or kind).strip(" /")
    return bare.rstrip("/"), ""


def _labelled(raw: str) -> Said:
    """ABN AMRO's labels, in columns of 32 characters."""
    text = " ".join(line.rstrip() for line in raw.split("\n"))
    keys: Mapping[str, str] = _keyed(_LABELS, text)
    return Said(
        text=keys.get("OMSCHRIJVING", "").strip(),
        name=keys.get("NAAM", "").strip(),
        iban=keys.get("IBAN", "").strip(),
        bic=keys.get("BIC", "").strip(),
        end_to_end=keys.get("KENMERK", "").strip(),
        mandate=keys.get("MACHTIGING", "").strip(),
        creditor_reference=keys.get("BETALINGSKENM.", "").strip(),
        kind=keys[""].strip(),
    )


def _polish(text: str) -> Said:
    """mBank: `OD:` or `DLA:` the name, `TYT.:` the title."""
    keys = {key: value.strip(" ;") for key, value in _keyed(_POLISH, text).items()}
    return Said(
        text=keys.get("TYT.", ""),
        name=keys.get("OD") or keys.get("DLA") or "",
        iban=(keys.get("Z RACH.") or keys.get("NA RACH.") or "").replace(" ", ""),
        end_to_end=keys.get("TNR", ""),
        kind=text[:3],
    )
