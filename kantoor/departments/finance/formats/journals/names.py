"""What accounts are called: aliases, a parent for a stretch of the file, safe patterns."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.values import Unreadable

MOST_ALIASES = 1_000
LONGEST_PATTERN = 200


def pattern(text: str, line: int) -> re.Pattern[str]:
    """A pattern that can't take long: no group repeated, few repeats; raises Unreadable."""
    repeats = len(re.findall(r"[*+]|\{[0-9]*,[0-9]*\}", re.sub(r"\\.", "", text)))
    nested = re.search(r"\)\s*[*+{?]", re.sub(r"\\.", "", text))
    back = re.search(r"\\[1-9]", text) or "(?" in text
    if len(text) > LONGEST_PATTERN or repeats > 2 or nested or back:
        message = _("The pattern “{text}” may take too long.").format(text=text[:40])
        raise Unreadable("pattern", message, line)
    try:
        return re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        message = _("“{text}” is no pattern.").format(text=text[:40])
        raise Unreadable("pattern", message, line) from None


@dataclass
class Names:
    """Gives accounts the names that aliases and `apply account` make of them."""

    deep: bool
    """Whether an alias holds for sub-accounts too (hledger)."""
    parents: list[str] = field(default_factory=list)
    aliases: list[tuple[str | re.Pattern[str], str]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)

    def full(self, account: str) -> str:
        """The account that is meant."""
        found = self.known.get(account)
        if found is None:
            found = self.known[account] = self._full(account)
        return found

    def _full(self, account: str) -> str:
        name = ":".join([*self.parents, account])
        for old, new in reversed(self.aliases):
            if isinstance(old, str):
                if name == old:
                    name = new
                elif self.deep and name.startswith(f"{old}:"):
                    name = new + name[len(old) :]
            else:
                text = re.sub(r"\\([0-9])", r"\\g<\1>", new.replace("\\\\", ""))
                try:
                    name = old.sub(text, name)
                except (re.error, IndexError):
                    continue
        return name[:600]

    def add_alias(self, text: str, line: int) -> None:
        """An alias as a directive says it: `old=new`, or `/pattern/=new`; raises Unreadable."""
        old, is_, new = text.partition("=")
        if not is_ or not old.strip() or len(self.aliases) >= MOST_ALIASES:
            raise Unreadable("alias", _("An alias is written as old=new."), line)
        old, new = old.strip(), new.strip()
        made: str | re.Pattern[str] = old
        if len(old) > 2 and old.startswith("/") and old.endswith("/"):
            made = pattern(old[1:-1], line)
        self.aliases.append((made, new))
        self.known = {}

    def enter(self, account: str) -> None:
        """Begin a stretch whose accounts lie below this one."""
        self.parents.append(account.strip())
        self.known = {}

    def leave(self) -> None:
        """End the stretch."""
        if self.parents:
            self.parents.pop()
        self.known = {}

    def forget(self) -> None:
        """`end aliases`."""
        self.aliases = []
        self.known = {}
