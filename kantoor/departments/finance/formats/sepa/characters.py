"""The letters a SEPA message may have, and what others become (EPC217-08, best practices)."""

import re
import unicodedata

ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
_OTHERS = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ł": "l", "Ł": "L",
    "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N", "€": "E", "&": "+", "@": "(at)", "_": "-",
    "–": "-", "—": "-", "‘": "'", "’": "'", "“": "'", "”": "'", '"': "'", "«": "'", "»": "'",
    "*": ".", "#": ".", "%": ".", "$": ".", "=": ".", "<": ".", ">": ".", ";": ",", "!": ".",
    "[": "(", "]": ")", "{": "(", "}": ")", "\\": "/", "|": "/", "^": ".", "~": "-", "`": "'",
}  # fmt: skip
_GREEK_AND_CYRILLIC = {
    **dict(zip("αβγδεζηθικλμνξοπρσςτυφχω", ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "o"], strict=True)),
    **dict(zip("абвгдежзийклмнопрстуфхцчшщъьюя", ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "sht", "a", "y", "yu", "ya"], strict=True)),
}  # fmt: skip
_SPACES = re.compile(r" +")


def latin(text: str, longest: int) -> str:
    """The text in the letters that every SEPA bank takes, no longer than so many of them.

    Accents are left off, other alphabets written as EPC217-08 says, what has no like becomes a
    dot. It neither begins nor ends with a slash and has no two in a row, as the EPC asks.
    """
    plain = "".join(_one(letter) for letter in unicodedata.normalize("NFC", text))
    plain = _SPACES.sub(" ", re.sub(r"/{2,}", "/", plain)).strip(" /")
    return plain[:longest].strip(" /")


def _one(letter: str) -> str:
    if letter in ALLOWED:
        return letter
    if letter in _OTHERS:
        return _OTHERS[letter]
    if letter.isspace():
        return " "
    lower = letter.lower()
    for base in (lower, unicodedata.normalize("NFD", lower)[0]):
        if base in _GREEK_AND_CYRILLIC:
            found = _GREEK_AND_CYRILLIC[base]
            return found if letter == lower else found.capitalize()
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each)
    )
    kept = "".join(each if each in ALLOWED else _OTHERS.get(each, "") for each in bare)
    if kept:
        return kept
    return "" if unicodedata.category(letter) in ("Mn", "Cc", "Cf") else "."


def is_plain(text: str) -> bool:
    """Whether a text has only letters that every SEPA bank takes."""
    return set(text) <= ALLOWED
