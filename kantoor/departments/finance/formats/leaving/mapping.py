"""What a person says about a file that is imported: a small TOML file beside it.

currency = "EUR"                 # what amounts without a currency are in
default_year = 2019              # the year of dates that have none
opening_date = 2026-01-01        # the day of balances and open items without one
decimal = ","                    # how numbers are written, where they leave it open
virtual = "leave out"            # postings that nothing balances (else they are refused)

[commodities]
"$" = "USD"

[accounts]                       # account of the file = account here; a trailing * takes all below
"Assets:Bank:*" = "10201"

[kinds]                          # for accounts that are made: asset, liability, equity, income, expense
"x:broker" = "asset"

[journals]
"BANK" = "BNK"

[columns]                        # column of the file = what it is
"Grootboek" = "account"
"""

import datetime
import tomllib
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS = ("asset", "liability", "equity", "income", "expense")
VIRTUAL = ("refuse", "leave out")
_TEXTS = ("currency", "decimal", "virtual")
_TABLES = ("commodities", "accounts", "kinds", "journals", "columns")
LONGEST = 1_000_000


class MappingFault(ValueError):
    """The mapping can't be; its sentence says why."""

    def __init__(self, message: Any, field: str = "mapping") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class Mapping:
    """What was said; empty where nothing was."""

    def __init__(self, text: str = "") -> None:
        if len(text) > LONGEST:
            raise MappingFault(_("The mapping is too long."))
        try:
            found = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            message = _("The mapping is no TOML: {why}.").format(why=str(error)[:100])
            raise MappingFault(message) from None
        known = {*_TEXTS, *_TABLES, "default_year", "opening_date"}
        if unknown := sorted(set(found) - known):
            words = _("The mapping has “{name}”; it knows {known}.")
            known_names = ", ".join(sorted(known))
            raise MappingFault(words.format(name=unknown[0][:40], known=known_names))
        self.currency = self._text(found, "currency").upper()
        self.decimal = self._text(found, "decimal")
        self.virtual = self._text(found, "virtual") or "refuse"
        self.commodities = self._table(found, "commodities")
        self.accounts = self._table(found, "accounts")
        self.kinds = self._table(found, "kinds")
        self.journals = self._table(found, "journals")
        self.columns = self._table(found, "columns")
        self.default_year = self._year(found.get("default_year"))
        self.opening_date = self._day(found.get("opening_date"))
        self._check()

    def _text(self, found: dict[str, Any], name: str) -> str:
        value = found.get(name, "")
        if not isinstance(value, str):
            raise MappingFault(_("“{name}” is a text in quotes.").format(name=name))
        return value

    def _table(self, found: dict[str, Any], name: str) -> dict[str, str]:
        value = found.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            message = _("“[{name}]” is a table of texts in quotes.")
            raise MappingFault(message.format(name=name))
        return value

    def _year(self, value: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1900 <= value <= 2200:
            raise MappingFault(_("“default_year” is a year such as 2019."))
        return value

    def _day(self, value: Any) -> datetime.date | None:
        if value is None:
            return None
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise MappingFault(_("“opening_date” is a date such as 2026-01-01."))
        return value

    def _check(self) -> None:
        if self.virtual not in VIRTUAL:
            raise MappingFault(_("“virtual” is “refuse” or “leave out”."))
        if self.decimal not in ("", ".", ","):
            raise MappingFault(_("“decimal” is a point or a comma."))
        for name, kind in self.kinds.items():
            if kind not in KINDS:
                message = _("“{name}” is of the kind “{kind}”; there are: {known}.")
                said = message.format(name=name[:40], kind=kind[:20], known=", ".join(KINDS))
                raise MappingFault(said)

    def account(self, name: str) -> str:
        """The account here that one of the file is mapped to, or nothing."""
        return _looked_up(self.accounts, name)

    def kind(self, name: str) -> str:
        """The kind that was said of an account, or nothing."""
        return _looked_up(self.kinds, name)


def _looked_up(table: dict[str, str], name: str) -> str:
    """The value of a name, else of the longest beginning that ends in a star."""
    if name in table:
        return table[name]
    starred = [key for key in table if key.endswith("*") and name.startswith(key[:-1])]
    return table[max(starred, key=len)] if starred else ""
