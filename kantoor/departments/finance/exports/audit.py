"""The ledger of a fiscal year as an audit file tells it: opening balance, entries, open items.

Read with a number of statements that does not grow with the entries, and streamed.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import kantoor
from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.exports.audit_entries import Entries
from kantoor.departments.finance.exports.audit_items import Parties, open_at, posted
from kantoor.departments.finance.exports.audit_masters import (
    company_of,
    dimension_values,
    own_banks,
)
from kantoor.departments.finance.exports.audit_span import AuditSpan
from kantoor.departments.finance.formats.audit.values import (
    Account,
    AuditFile,
    Header,
    Journal,
    TaxCode,
)
from kantoor.departments.finance.models import TaxCode as TaxCodeRow
from kantoor.departments.finance.models.tax import PURCHASE
from kantoor.departments.finance.queries.accounts import name_column, name_of
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.movements import NOTHING, Moved, Span, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import MICRO, exponent
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import fetch

RGS_VERSION = "RGS 3.7"


def read_audit(actor: Actor, span: AuditSpan, *, dated: bool = False) -> AuditFile:
    """What is to be written; with `dated` also when each entry was recorded.

    Read within `snapshot()`, so that it is of one moment. Raises InvalidInput for a currency with
    three decimals.
    """
    if exponent(actor.currency) > 2:
        message = _("An audit file has amounts with two decimals; {currency} has more.")
        raise InvalidInput(message.format(currency=actor.currency), field="format")
    accounts, opening = _accounts(actor, span)
    entries = Entries(actor, span, dated=dated)
    return AuditFile(
        header=Header(
            fiscal_year=span.year,
            start=span.start,
            end=span.end,
            currency=actor.currency,
            places=exponent(actor.currency),
            made_on=timezone.localdate(),
            software="Kantoor",
            version=kantoor.__version__,
            rgs_version=RGS_VERSION if any(each.rgs for each in accounts) else "",
        ),
        company=company_of(actor),
        parties=Parties(actor, span),
        accounts=accounts,
        tax_codes=list(_tax_codes(actor)),
        periods=span.periods,
        opening=opening,
        opening_items=open_at(actor, span),
        totals=entries.totals(),
        journals=_journals(actor, entries),
        items=posted(actor, span),
        values=dimension_values(actor),
    )


def _accounts(actor: Actor, span: AuditSpan) -> tuple[list[Account], list[tuple[str, int]]]:
    """The accounts with their balances, and the opening balance by account.

    What was earned in fiscal years that no closing entry closed opens on the account for
    retained earnings, so that the opening balance adds up to nothing.
    """
    rows = fetch(
        f"SELECT id, code, {name_column(actor)}, kind, rgs, role, grouping FROM finance_account"  # noqa: S608
        " WHERE company_id = %s ORDER BY code",
        [actor.company_id],
    )
    year = year_start(actor.company_id, span.start)
    moved = movements(
        actor.company_id,
        [Span(None, year - DAY), Span(year, span.start - DAY), Span(span.start, span.end)],
    )
    begun = _opening_entries(actor, span.start)
    sums: dict[str, int] = {}
    earlier = 0
    for key, code, _name, kind, *_rest in rows:
        before, since, _now = moved.get(key, [NOTHING] * 3)
        sums[code] = since.net + begun.get(key, 0)
        if kind in ("income", "expense"):
            earlier += before.net
        else:
            sums[code] += before.net
    if earlier:
        sums[_retained(rows)] += earlier
    accounts = []
    for key, code, name, kind, rgs, _role, group in rows:
        within: Moved = moved.get(key, [NOTHING] * 3)[2]
        closing = sums[code] + within.net - begun.get(key, 0)
        carried = kind not in ("income", "expense")
        accounts.append(Account(code, name, carried, rgs, kind, sums[code], closing, group))
    return accounts, [(code, minor) for code, minor in sums.items() if minor]


def _retained(rows: list[tuple[Any, ...]]) -> str:
    """The account that results of earlier years go to: by its role, else the first of equity."""
    by_role = {role: code for _key, code, _name, _kind, _rgs, role, _group in rows if role}
    equity = [code for _key, code, _name, kind, *_rest in rows if kind == "equity"]
    found = by_role.get("retained_earnings") or by_role.get("result_for_year")
    return str(found or (equity or [rows[0][1]])[0])


def _opening_entries(actor: Actor, start: date) -> dict[int, int]:
    """What entries of opening journals put on accounts on the first day: the opening balance."""
    rows = fetch(
        "SELECT line.account_id, CAST(SUM(line.amount) AS bigint) FROM finance_journal journal"
        " JOIN finance_entry entry ON entry.journal_id = journal.id"
        " JOIN finance_line line ON line.entry_id = entry.id"
        " WHERE journal.company_id = %s AND journal.kind = 'opening' AND entry.date = %s"
        " GROUP BY line.account_id",
        [actor.company_id, start.isoformat()],
    )
    return {key: int(minor) for key, minor in rows}


def _tax_codes(actor: Actor) -> Iterator[TaxCode]:
    found = scoped(actor, TaxCodeRow).select_related("tax_account", "input_account")
    for each in found.order_by("code"):
        yield TaxCode(
            each.code,
            name_of(actor, each),
            each.tax_account.code if each.tax_account else "",
            each.input_account.code if each.input_account else "",
            int(each.rate.scaleb(6)),
            each.country,
            int(each.deductible.scaleb(6)) if each.use == PURCHASE else 100 * MICRO,
            each.valid_from,
            each.valid_to,
        )


def _journals(actor: Actor, entries: Entries) -> Iterator[Journal]:
    banks = {each.journal: each for each in own_banks(actor)}
    rows = fetch(
        f"SELECT id, code, {name_column(actor)}, kind FROM finance_journal"  # noqa: S608
        " WHERE company_id = %s ORDER BY code",
        [actor.company_id],
    )
    for key, code, name, kind in rows:
        bank = banks.get(key)
        yield Journal(
            code,
            name,
            kind,
            entries.of_journal(key, code, kind),
            bank.account.account if bank else "",
            bank.account.number if bank else "",
        )
