"""How a supplier's lines were booked before, and so how the next one most likely is.

The rule, for a person to read: of what was posted of this supplier, the lines of the same article
count first, else those of the same text (without digits), else all. Of these, what was chosen most
often is proposed, and of two chosen as often the latest.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models.payables import POSTED
from kantoor.kernel.store.lookup import fetch

LATEST = 2_000
"""Lines of a supplier that are looked at, the latest first."""


class Coding(NamedTuple):
    """How a line is booked."""

    account_id: int
    dimension_set_id: int
    tax_code_id: int | None


class Suggestion(NamedTuple):
    """A coding, and why it is proposed, in words."""

    coding: Coding
    why: str


class Count(NamedTuple):
    """How often something was chosen, and when last (a line's key)."""

    times: int
    last: int


Counts = dict[Coding, Count]


class Learned:
    """What was posted of one supplier before, read once."""

    def __init__(self, company_id: int, party_id: int) -> None:
        self._by_article: dict[str, Counts] = {}
        self._by_text: dict[str, Counts] = {}
        self._all: Counts = {}
        rows = fetch(
            "SELECT line.id, line.article, line.text, line.account_id, line.dimension_set_id,"  # noqa: S608
            " line.tax_code_id FROM finance_purchase_line line"
            " JOIN finance_purchase_invoice invoice ON invoice.id = line.invoice_id"
            " WHERE invoice.company_id = %s AND invoice.party_id = %s"
            f" AND invoice.state = '{POSTED}' ORDER BY line.id DESC LIMIT {LATEST}",
            [company_id, party_id],
        )
        for key, article, text, *coding in rows:
            chosen = Coding(*coding)
            _note(self._all, chosen, key)
            if article:
                _note(self._by_article.setdefault(article, {}), chosen, key)
            if bare := bare_text(text):
                _note(self._by_text.setdefault(bare, {}), chosen, key)

    def suggestion(self, article: str, text: str) -> Suggestion | None:
        """The likeliest coding of a line; None where nothing was posted before."""
        ways: list[tuple[Mapping[Coding, Count], object]] = [
            (self._by_article.get(article, {}), _("as {times} of {all} lines of this article before")),
            (self._by_text.get(bare_text(text), {}), _("as {times} of {all} such lines before")),
            (self._all, _("as {times} of {all} lines of this supplier before")),
        ]  # fmt: skip
        for counts, why in ways:
            if counts:
                best = max(counts, key=lambda coding: counts[coding])
                whole = sum(each.times for each in counts.values())
                return Suggestion(best, str(why).format(times=counts[best].times, all=whole))
        return None


def bare_text(text: str) -> str:
    """A text without digits, signs and case, so that numbers and dates in it don't matter."""
    letters = "".join(each if each.isalpha() else " " for each in text.casefold())
    return " ".join(letters.split())


def _note(counts: Counts, coding: Coding, key: int) -> None:
    before = counts.get(coding)
    counts[coding] = Count(before.times + 1, before.last) if before else Count(1, key)
