"""Payment terms: in which parts an invoice is paid, and when each of them is due."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import PaymentTerm
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import rows_by_key


class TermPart(NamedTuple):
    """A part of payment terms: its share of the whole, due so long after the invoice's date."""

    share: int
    months: int
    days: int


class TermsPartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A part of payment terms: `share` of all shares, due so many months and days after."""

    share: int
    months: int
    days: int


class TermsRow(msgspec.Struct, frozen=True, kw_only=True):
    """Payment terms by their code."""

    code: str
    parts: list[TermsPartRow]


def terms_of(company_id: int, codes: Iterable[str]) -> dict[str, list[TermPart]]:
    """The parts of these payment terms, as far as they exist."""
    wanted = {code for code in codes if code and "\0" not in code}
    found = rows_by_key(
        "SELECT id, code, n, share, months, days FROM finance_payment_term"
        " WHERE company_id = %s AND code IN ({})",
        [company_id],
        wanted,
    )
    terms: dict[str, list[TermPart]] = {}
    for code, _n, *part in sorted(found.values()):
        terms.setdefault(code, []).append(TermPart(*part))
    return terms


@query(permission="finance.read_receivables", title=_("Payment terms"), exposed=True)
def payment_terms(actor: Actor, /) -> list[TermsRow]:
    """All payment terms of the company, by code."""
    found: dict[str, list[TermsPartRow]] = {}
    for each in scoped(actor, PaymentTerm).order_by("code", "n"):
        part = TermsPartRow(share=each.share, months=each.months, days=each.days)
        found.setdefault(each.code, []).append(part)
    return [TermsRow(code=code, parts=parts) for code, parts in found.items()]
