"""Keep rates of exchange: set by hand, or taken in from a file of the European Central Bank."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import currencies
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.dates import EARLIEST, LATEST, out_of_range
from kantoor.departments.finance.drafts_currency import RateDraft, RatesKept
from kantoor.departments.finance.errors import RateDiffers, UnreadableFile
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.formats.rates.ecb import QuotedRate, UnreadableRates, read_rates
from kantoor.departments.finance.models import Rate
from kantoor.departments.finance.models.currency import ECB, MANUAL
from kantoor.departments.finance.queries.currency.conversion import PIVOT
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.models import insert_rows

PERMISSION = "finance.set_rate"
MOST = 20
MOST_AT_ONCE = 10_000

Key = tuple[str, str, str]
"""Base, currency and day (`YYYY-MM-DD`)."""


class _Ready(NamedTuple):
    """A checked rate in millionths, and its place in the input."""

    key: Key
    rate: int
    place: int


@action(permission=PERMISSION, title=_("Set rates of exchange"), bulk_of="finance.set_rate")
def set_rates(actor: Actor, /, *, rates: Sequence[RateDraft]) -> RatesKept:
    """Set what one unit of a currency cost in another on a day; what was set before is replaced.

    They go before published rates of the same day. Raises InvalidInput with the place of a
    currency that is none, a day out of range, or a rate that is not above nought with up to six
    decimals; several at once as Refusals.
    """
    if not 0 < len(rates) <= MOST_AT_ONCE:
        message = _("Give 1 to {most} rates.")
        raise InvalidInput(message.format(most=MOST_AT_ONCE), field="rates")
    return _keep(actor, _checked(actor.currency, rates), MANUAL, replace=True)


@action(permission=PERMISSION, title=_("Set a rate of exchange"))
def set_rate(
    actor: Actor, /, *, currency: str, date: date, rate: Decimal, base: str = ""
) -> RatesKept:
    """Set what one `base` (the company's currency when empty) cost in a currency on a day.

    Raises what `set_rates` raises.
    """
    draft = RateDraft(currency=currency, date=date, rate=rate, base=base)
    return set_rates(actor, rates=[draft])


@action(permission=PERMISSION, title=_("Import rates of exchange"), hidden=True)
def take_in_rates(
    actor: Actor, /, *, quoted: Sequence[QuotedRate], content_sha256: str, replace: bool
) -> RatesKept:
    """Keep the reference rates of a file, all or none; what is known already changes nothing.

    `content_sha256` says in the record what the file held. Raises RateDiffers for a rate that
    was kept differently, unless it is to be replaced, and what `set_rates` raises.
    """
    del content_sha256  # It is for the record.
    drafts = [
        RateDraft(
            base=PIVOT, currency=each.currency, date=each.date, rate=each.rate, line=each.line
        )
        for each in quoted
    ]
    return _keep(actor, _checked(PIVOT, drafts), ECB, replace)


def import_rates(actor: Actor, content: bytes, replace: bool = False) -> RatesKept:
    """Take in a file of the European Central Bank: CSV or XML, plain, gzip or zip.

    Raises UnreadableFile for what is none, with its line, and what `take_in_rates` raises.
    """
    try:
        quoted = read_rates(content)
    except UnreadableRates as fault:
        message = _("This is no file of rates of the European Central Bank: {reason}.")
        raise UnreadableFile(
            message.format(reason=fault.reason), field="file", line=fault.line
        ) from None
    digest = hashlib.sha256(content).hexdigest()
    return take_in_rates(actor, quoted=quoted, content_sha256=digest, replace=replace)


def import_rate_file(actor: Actor, path: Path | str, replace: bool = False) -> RatesKept:
    """Take in a file of rates from disk."""
    return import_rates(actor, Path(path).read_bytes(), replace)


def _checked(base: str, rates: Sequence[RateDraft]) -> dict[Key, _Ready]:
    """The rates by their key; raises what is wrong, with the places."""
    known = currencies()
    ready: dict[Key, _Ready] = {}
    faults: list[DomainError] = []
    for place, each in enumerate(rates, 1):
        line = each.line or place
        checked = _Ready((each.base or base, each.currency, each.date.isoformat()), 0, line)
        try:
            checked = checked._replace(rate=_rate(each, checked.key, known, line))
            before = ready.setdefault(checked.key, checked)
            if before.rate != checked.rate:
                message = _("{currency} on {date} has two rates in what was given.")
                said = message.format(currency=each.currency, date=each.date)
                raise InvalidInput(said, field="rate", line=line)
        except DomainError as fault:
            faults.append(fault)
            if len(faults) == MOST:
                break
    if faults:
        raise faults[0] if len(faults) == 1 else Refusals(faults)
    return ready


def _rate(draft: RateDraft, key: Key, known: frozenset[str], line: int) -> int:
    for field, code in (("base", key[0]), ("currency", key[1])):
        if code not in known:
            message = _("“{code}” is no currency of ISO 4217.").format(code=code[:10])
            raise InvalidInput(message, field=field, line=line)
    if key[0] == key[1]:
        raise InvalidInput(_("A rate is between two currencies."), field="currency", line=line)
    if not EARLIEST <= draft.date.year <= LATEST:
        raise out_of_range(key[2], line=line)
    scaled = in_millionths(draft.rate)
    if scaled is None or scaled <= 0:
        words = _("Give a rate above nought with no more than six decimals.")
        raise InvalidInput(words, field="rate", line=line)
    return scaled


def _keep(actor: Actor, ready: Mapping[Key, _Ready], source: str, replace: bool) -> RatesKept:
    # Two who take in the same day at once: one waits, and then finds it known.
    lock_company(actor.company_id)
    days = sorted({key[2] for key in ready})
    kept = {
        (base, currency, on): (pk, rate)
        for pk, base, currency, on, rate in fetch(
            "SELECT id, base, currency, CAST(date AS text), rate FROM finance_rate"
            " WHERE company_id = %s AND source = %s AND date >= %s AND date <= %s",
            [actor.company_id, source, days[0], days[-1]],
        )
    }
    fresh = [each for key, each in ready.items() if key not in kept]
    other = [each for key, each in ready.items() if key in kept and kept[key][1] != each.rate]
    if other and not replace:
        _refuse_differing(other, kept)
    _insert(actor, fresh, source)
    _replace(other, kept)
    return RatesKept(
        added=len(fresh),
        replaced=len(other),
        known=len(ready) - len(fresh) - len(other),
        first=date.fromisoformat(days[0]),
        last=date.fromisoformat(days[-1]),
    )


def _insert(actor: Actor, fresh: Sequence[_Ready], source: str) -> None:
    if not fresh:
        return
    first = take_ids(Rate, len(fresh))
    insert_rows(
        Rate,
        [
            (key, actor.company_id, *each.key, each.rate, source)
            for key, each in enumerate(fresh, first)
        ],
    )


def _replace(other: Sequence[_Ready], kept: Mapping[Key, tuple[int, int]]) -> None:
    rates = {kept[each.key][0]: each.rate for each in other}
    found = list(Rate.objects.filter(pk__in=rates))
    for each in found:
        each.rate = Decimal(rates[each.pk]).scaleb(-6)
    if found:
        Rate.objects.bulk_update(found, ["rate"])


def _refuse_differing(other: Sequence[_Ready], kept: Mapping[Key, tuple[int, int]]) -> None:
    message = _("{currency} on {date} is kept as {kept}, and the file says {said}.")
    faults: list[DomainError] = [
        RateDiffers(
            message.format(
                currency=each.key[1],
                date=each.key[2],
                kept=_plain(kept[each.key][1]),
                said=_plain(each.rate),
            ),
            field="rate",
            line=each.place,
        )
        for each in islice(other, MOST)
    ]
    raise faults[0] if len(faults) == 1 else Refusals(faults)


def _plain(millionths: int) -> str:
    return f"{Decimal(millionths).scaleb(-6).normalize():f}"
