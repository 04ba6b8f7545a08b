"""A short text in the two languages that Kantoor speaks, kept as data beside the fact it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and in Dutch."""

    en: str
    nl: str

    @classmethod
    def of(cls, table: Mapping[str, str]) -> Self:
        """From a table `{ en = "…", nl = "…" }` of a data file."""
        return cls(en=table["en"], nl=table["nl"])

    def in_language(self, language: str) -> str:
        """The words for a language tag such as `nl` or `nl-BE`; English for any other language."""
        return self.nl if language.lower().startswith("nl") else self.en

    def filled(self, **values: object) -> "Text":
        """With the `{names}` in both languages replaced by these values."""
        return Text(en=self.en.format(**values), nl=self.nl.format(**values))

    def __str__(self) -> str:
        return self.en
