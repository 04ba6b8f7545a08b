"""File VAT returns and supplements: their figures are frozen, booked, and go to the tax authority."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.drafts import ReadyEntry
from kantoor.departments.finance.errors import NotToFile
from kantoor.departments.finance.models import TaxCode, VatFigure, VatReturn
from kantoor.departments.finance.models.vat import CHAINS, RETURN, SUPPLEMENT
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.departments.finance.queries.vat.facts import CodeSum, chain_of, late_scopes, sums
from kantoor.departments.finance.queries.vat.regimes import Regimes
from kantoor.departments.finance.queries.vat.returns import (
    Reckoned,
    late_boxes,
    merged,
    net_tax,
    pack_for,
    reckoned,
)
from kantoor.departments.finance.reference.vat.packs import Amounts, Pack
from kantoor.departments.finance.vat_periods import TaxPeriod, period_coded, period_holding
from kantoor.departments.finance.vat_reference import payment_reference
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.raw import on_postgres

PERMISSION = "finance.file_vat"


class Filed(msgspec.Struct, frozen=True):
    """What was filed: `payable` in minor units, `entry` where it was booked, if anything was."""

    code: str
    payable: int
    reference: str
    entry: str


def always(_actor: Actor, _parameters: Mapping[str, Any]) -> str:
    """What is filed can't be undone, so two persons look at it."""
    return str(_("What is filed is frozen with its figures."))


@action(permission=PERMISSION, title=_("File a VAT return"), second_pair=always)
def file_vat_return(
    actor: Actor,
    /,
    *,
    period: str,
    payable: int | None = None,
    said: Mapping[str, int] | None = None,
) -> Filed:
    """File the return of a period (`2024-Q1`): freeze its figures and book what is owed.

    `payable` is the amount that was looked at, in minor units: another amount by now is refused.
    `said` are the boxes that a person fills in (`5d`). Raises NotToFile for a period whose turn
    it is not or that is not over, and when corrections need a supplement first; InvalidInput;
    NoVatReturn; ClosedPeriod when no period to book in is open.
    """
    wanted = period_coded(period)
    lock_facts(actor, wanted.ends_on)
    filed = chain_of(actor.company_id, "vat")
    _refuse_turn(actor, wanted, filed)
    pack = pack_for(actor)
    found = reckoned(actor, wanted, filed, _whole(pack, wanted, said or {}))
    if not found.carried:
        words = _(
            "Corrections of earlier periods come to {amount}, more than {limit} minor units: file"
            " a supplement first."
        )
        message = words.format(amount=found.correction, limit=pack.limit)
        raise NotToFile(message, field="period")
    return _file(actor, found, filed, RETURN, wanted.code, payable)


@action(permission=PERMISSION, title=_("File a VAT supplement"), second_pair=always)
def file_vat_supplement(actor: Actor, /, *, payable: int | None = None) -> Filed:
    """File what was posted later in periods that were filed (in Dutch: suppletie), to the cent.

    `payable` is the amount that was looked at. Raises NotToFile when nothing was corrected.
    """
    filed = chain_of(actor.company_id, "vat")
    if not filed:
        raise NotToFile(_("Nothing was filed yet, so there is nothing to correct."))
    lock_facts(actor, filed[-1].ends_on)
    # Another may have filed while we waited, and so have taken these corrections.
    filed = chain_of(actor.company_id, "vat")
    pack = pack_for(actor)
    found = supplement(actor, pack, filed)
    if not found.late:
        raise NotToFile(_("Nothing was posted in periods that were filed."))
    n = sum(each.kind == SUPPLEMENT for each in filed) + 1
    code = f"{_last_return(filed).code}/S{n}"
    return _file(actor, found, filed, SUPPLEMENT, code, payable)


def supplement(actor: Actor, pack: Pack, filed: Sequence[VatReturn]) -> Reckoned:
    """The corrections there are now, as a supplement of their own: not rounded."""
    late = sums(actor, list(late_scopes(filed)))
    last = _last_return(filed)
    rhythm = period_coded(last.code).rhythm
    corrections = late_boxes(pack, filed, late)
    return Reckoned(
        period=TaxPeriod(last.code, rhythm, filed[0].starts_on, last.ends_on),
        pack=pack,
        own={},
        late=corrections,
        carried=True,
        declared=pack.declared(merged(corrections.values()), unit=1),
        sums=late,
    )


def _last_return(filed: Sequence[VatReturn]) -> VatReturn:
    return [each for each in filed if each.kind == RETURN][-1]


def lock_facts(actor: Actor, end: date) -> None:
    """Wait for all who post up to a day, and let them wait: a filing sees each fact, or none."""
    lock_company(actor.company_id)
    if on_postgres():
        fetch(
            "SELECT id FROM finance_period WHERE company_id = %s AND starts_on <= %s"
            " ORDER BY id FOR UPDATE",
            [actor.company_id, end.isoformat()],
        )


def last_entry() -> int:
    """The key of the last entry there is, as the mark of what is filed."""
    return int(fetch("SELECT COALESCE(MAX(id), 0) FROM finance_entry", [])[0][0])


def refuse_unfinished(actor: Actor, period: TaxPeriod) -> None:
    """Raises NotToFile for a period that is not over."""
    if period.ends_on >= today_of(actor):
        message = _("{period} is not over yet; it can be filed from the day after {day}.")
        raise NotToFile(message.format(period=period.code, day=period.ends_on), field="period")


def refuse_order(actor: Actor, period: TaxPeriod, filed: Sequence[VatReturn], rhythm: str) -> None:
    """Raises NotToFile for a period that does not follow what was filed, in the right rhythm."""
    if period.rhythm != rhythm:
        usual = period_holding(period.starts_on, rhythm)
        message = _("{period} is not as long as the company files by; file {usual}.")
        words = message.format(period=period.code, usual=usual.code)
        raise NotToFile(words, field="period")
    if not filed:
        return
    first = date.fromordinal(filed[-1].ends_on.toordinal() + 1)
    if period.starts_on != first:
        following = period_holding(first, Regimes(actor.company_id).on(first).rhythm)
        message = _("{period} is not what comes next; file {following}.")
        words = message.format(period=period.code, following=following.code)
        raise NotToFile(words, field="period")


def _refuse_turn(actor: Actor, period: TaxPeriod, filed: Sequence[VatReturn]) -> None:
    refuse_unfinished(actor, period)
    regime = Regimes(actor.company_id).on(period.starts_on)
    refuse_order(actor, period, filed, regime.rhythm)
    if regime.small:
        message = _("The company was exempt as a small business then, and files no return.")
        raise NotToFile(message, field="period")


def _whole(pack: Pack, period: TaxPeriod, said: Mapping[str, int]) -> dict[str, int]:
    """The boxes that a person fills in, checked."""
    allowed = {each.key for each in pack.shown(period.ends_on) if each.said}
    for key, amount in said.items():
        if key not in allowed:
            words = _("Box {box} is not filled in by hand on a return of {period}.")
            raise InvalidInput(words.format(box=key[:4], period=period.code), field="said")
        if amount % pack.unit or not -LARGEST <= amount <= LARGEST:
            message = _("Box {box} takes whole euros, in minor units.").format(box=key)
            raise InvalidInput(message, field="said")
    return dict(said)


def _file(
    actor: Actor,
    found: Reckoned,
    filed: Sequence[VatReturn],
    kind: str,
    code: str,
    looked_at: int | None,
) -> Filed:
    pack, period = found.pack, found.period
    payable = pack.payable(found.declared)
    refuse_changed(looked_at, payable)
    said = sum(found.declared[box.key].tax for box in pack.boxes if box.said)
    rounding = net_tax(pack, found.exact) - payable - said
    key = take_ids(VatReturn, 1)
    # The mark before the booking: the booking itself is no fact of tax.
    mark = last_entry()
    entry_id, entry = _book(actor, found, (key, code), payable, rounding, said)
    figures = _figures(key, found, filed)
    first = take_ids(VatFigure, len(figures))
    insert_rows(VatFigure, [(n, *row) for n, row in enumerate(figures, first)])
    reference = payment_reference(_tax_number(actor, period), period) if kind == RETURN else ""
    insert_rows(
        VatReturn,
        [
            (key, actor.company_id, kind, CHAINS[kind], len(filed) + 1, code, pack.country,
             period.starts_on.isoformat(), period.ends_on.isoformat(),
             today_of(actor).isoformat(), mark, payable, rounding, reference, len(figures),
             entry_id)
        ],
    )  # fmt: skip
    return Filed(code, payable, reference, entry)


def refuse_changed(looked_at: int | None, payable: int) -> None:
    """Raises NotToFile when what is owed is no longer what somebody looked at."""
    if looked_at is not None and looked_at != payable:
        words = _("It comes to {payable} minor units by now, not {looked_at}; look at it again.")
        message = words.format(payable=payable, looked_at=looked_at)
        raise NotToFile(message, field="payable")


def _tax_number(actor: Actor, period: TaxPeriod) -> str:
    own = Regimes(actor.company_id).on(period.starts_on).tax_number
    return own or Company.objects.get(pk=actor.company_id).vat_number


def _figures(
    key: int, found: Reckoned, filed: Sequence[VatReturn]
) -> list[tuple[int, str, str | None, int, int]]:
    """Declared figures of all boxes of the form, then the exact ones by period."""
    rows: list[tuple[int, str, str | None, int, int]] = [
        (key, box.key, None, *found.declared[box.key])
        for box in found.pack.shown(found.period.ends_on)
    ]
    starts = {each.code: each.starts_on for each in filed}
    parts: list[tuple[date, Mapping[str, Amounts]]] = [(found.period.starts_on, found.own)]
    parts += [(starts[code], boxes) for code, boxes in found.late.items()]
    for start, boxes in parts:
        rows += [(key, box, start.isoformat(), *amounts) for box, amounts in sorted(boxes.items())]
    return rows


def _book(
    actor: Actor, found: Reckoned, named: tuple[int, str], payable: int, rounding: int, said: int
) -> tuple[int | None, str]:
    """Book the return: what stands on the VAT accounts becomes what is owed to the authority.

    What a person filled in by hand (estimates, the old reduction) stays on the account of VAT
    payable, since no fact of tax stands behind it.
    """
    roles = accounts_by_role(actor.company_id)
    moved = cleared(found.pack, found.sums)
    for role, amount in (
        ("vat_settlement", -payable),
        ("rounding", -rounding),
        ("vat_payable", -said),
    ):
        if amount:
            account = account_with_role(roles, role)
            moved[account] = moved.get(account, 0) + amount
    lines = [
        (account, amount, actor.currency, amount, None, 0, "")
        for account, amount in moved.items()
        if amount
    ]
    if not lines:
        return None, ""
    key, code = named
    calendar = Calendar(actor)
    on = calendar.open_from(found.period.ends_on.isoformat())
    text = str(_("VAT return {code}")).format(code=code)
    journal = journal_of_kind(actor.company_id, "general")
    origin = f"finance.vat_return/{key}"
    ready = ReadyEntry(journal, on, text, code, origin, None, lines)  # type: ignore[arg-type]
    written = write_entries(actor, [ready], calendar=calendar)
    entry = written.keys[0]
    return entry, entry_numbers([entry])[entry]


def cleared(pack: Pack, found: Iterable[CodeSum]) -> dict[int, int]:
    """What takes the tax of these facts off their accounts, debit positive."""
    some = list(found)
    codes = TaxCode.objects.in_bulk({each.code_id for each in some})
    moved: dict[int, int] = {}

    def move(account: int | None, amount: int) -> None:
        if amount:
            assert account is not None
            moved[account] = moved.get(account, 0) + amount

    for each in some:
        code = codes[each.code_id]
        if each.use == "purchase":
            move(code.input_account_id, -each.deductible)
            if code.reversed:
                move(code.tax_account_id, each.tax)
        elif each.ground in pack.sale:
            move(code.tax_account_id, each.tax)
    return moved
