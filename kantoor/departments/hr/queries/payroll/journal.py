"""The journal of a run: payslips added up by account and cost centre, to the cent.

What an employee costs is divided over cost centres by the weekdays spent there, by largest
remainder. No line is about fewer people than the settings say: small cost centres are booked
together, without one, and an account of its own that few people have gives way to the usual one, as
that does to the one that all have.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kantoor.departments.hr.models import PaySettings
from kantoor.departments.hr.reckoning.slips import HOLIDAY_PAID, Kind, Line

Centres = Sequence[tuple[str, int]]
PREMIUMS = frozenset({"zvw", "awf", "aof", "wko", "whk"})


@dataclass(frozen=True, slots=True)
class SlipSums:
    """A payslip as far as the journal needs it: sums by code and kind, and the cost centres."""

    sums: Mapping[tuple[str, str], int]
    centres: Centres
    party: int


def sums_of(lines: Iterable[Line], centres: Centres, party: int) -> SlipSums:
    """The sums of a payslip's lines, of whatever month they are about."""
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.kind == Kind.CREDIT:  # no money
            continue
        sums[line.code, line.kind] = sums.get((line.code, line.kind), 0) + line.amount
    return SlipSums(sums, centres, party)


def shared(amount: int, centres: Centres) -> list[tuple[str, int]]:
    """An amount over cost centres by weight, by largest remainder: the parts add up to it."""
    whole = sum(weight for _code, weight in centres)
    if len(centres) < 2 or not whole:
        return [(centres[0][0] if centres else "", amount)]
    sign, amount = (-1 if amount < 0 else 1), abs(amount)
    parts = [(code, *divmod(amount * weight, whole)) for code, weight in centres]
    left = amount - sum(part for _code, part, _rest in parts)
    first = sorted(range(len(parts)), key=lambda n: (-parts[n][2], parts[n][0]))[:left]
    return [(code, sign * (part + (n in first))) for n, (code, part, _rest) in enumerate(parts)]


def pooled(people: Mapping[str, int], smallest: int) -> frozenset[str]:
    """The cost centres that are booked together: those with fewer people than `smallest`, and
    then the next smallest until together they are not fewer either."""
    pool = {code for code, count in people.items() if code and count < smallest}
    if not pool:
        return frozenset()
    for code in sorted(people, key=lambda each: (people[each], each)):
        if sum(people[each] for each in pool | {""} if each in people) >= smallest:
            break
        pool.add(code)
    return frozenset(pool)


def journal(
    slips: Sequence[SlipSums], rules: PaySettings, accounts: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    """Amounts (debit positive) by account and cost centre; they add up to nothing.

    `accounts` are those of components that have one of their own, by code.
    """
    # Somebody may have two payslips that are booked together, and is one person all the same.
    people = Counter(
        code
        for code, _who in {(code, slip.party) for slip in slips for code, _days in slip.centres}
    )
    together = pooled(people, rules.smallest_group)
    holders = Counter(
        code for code, _who in {(code, slip.party) for slip in slips for code, _kind in slip.sums}
    )
    own = {
        code: account
        for code, account in accounts.items()
        if account and holders[code] >= rules.smallest_group
    }
    gone = _given_way(slips, rules, own)
    found: dict[tuple[str, str], int] = {}
    of_slips: list[dict[str, int]] = []
    holding: dict[str, set[tuple[str, int]]] = {}

    def book(account: str, centre: str, amount: int) -> None:
        if amount:
            found[account, centre] = found.get((account, centre), 0) + amount

    for slip in slips:
        costs: dict[str, int] = {}
        net = 0
        for (code, kind), amount in slip.sums.items():
            cost, other = _accounts(rules, own, code, kind)
            cost, other = gone.get(cost, cost), gone.get(other, other)
            if cost:
                costs[cost] = costs.get(cost, 0) + amount
            if kind in (Kind.EMPLOYER, Kind.RESERVE):
                book(other, "", -amount)
                continue
            net += amount
            if not cost:
                book(other, "", amount)
        book(rules.net_payable, "", -net)
        of_slips.append(costs)
        for account in costs:
            holding.setdefault(account, set()).update(
                (code, slip.party) for code, _days in slip.centres
            )
    # An account that few of a centre's people have would tell of these few.
    pools = {
        account: together | pooled(Counter(code for code, _who in those), rules.smallest_group)
        for account, those in holding.items()
    }
    for slip, costs in zip(slips, of_slips, strict=True):
        for account, amount in costs.items():
            for centre, part in shared(amount, slip.centres):
                book(account, "" if centre in pools[account] else centre, part)
    return {key: amount for key, amount in found.items() if amount}


def _given_way(
    slips: Sequence[SlipSums], rules: PaySettings, own: Mapping[str, str]
) -> dict[str, str]:
    """What takes the place of the usual accounts that few people have something on.

    A deduction by a formula tells the salary of who is alone to have one, so it stands with the
    wage tax of all; a cost without tax with the wages.
    """
    holding: dict[str, set[int]] = {rules.withheld: set(), rules.other_costs: set()}
    for slip in slips:
        for code, kind in slip.sums:
            for account in _accounts(rules, own, code, kind):
                if account in holding:
                    holding[account].add(slip.party)
    instead = {rules.withheld: rules.taxes_payable, rules.other_costs: rules.wages}
    return {
        account: instead[account]
        for account, those in holding.items()
        if 0 < len(those) < rules.smallest_group
    }


def _accounts(rules: PaySettings, own: Mapping[str, str], code: str, kind: str) -> tuple[str, str]:
    """Where a line costs, if it does, and what is owed by it."""
    match kind:
        case Kind.PAY | Kind.SPECIAL:
            return (
                ("", rules.holiday_reserve)
                if code == HOLIDAY_PAID
                else (own.get(code, rules.wages), "")
            )
        case Kind.PRETAX:
            return "", own.get(code, rules.withheld)
        case Kind.TAX:
            return "", rules.taxes_payable
        case Kind.NET:
            return own.get(code, rules.other_costs), ""
        case Kind.RESERVE:
            return rules.holiday_cost, rules.holiday_reserve
    if code in PREMIUMS:
        return rules.social, rules.taxes_payable
    return own.get(code, rules.social), rules.withheld
