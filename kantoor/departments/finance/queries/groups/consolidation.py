"""The consolidated balance sheet and profit and loss account of a group, with what was eliminated."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import Affiliate, CompanyGroup, GroupMember
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.currency.conversion import Conversion
from kantoor.departments.finance.queries.groups.member_figures import (
    RESULT,
    TRANSLATION,
    UNCLOSED,
    Figure,
    between,
    member_figures,
)
from kantoor.departments.finance.queries.groups.seeing import in_company
from kantoor.departments.finance.queries.groups.translation import Translation
from kantoor.departments.finance.reference import layout
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.money import MICRO, half_up_ratio
from kantoor.kernel.queries import one, query, scoped

READ = "finance.read_ledger"
WORDS = {
    UNCLOSED: _("Result of earlier years, not closed"),
    RESULT: _("Result for the year"),
    TRANSLATION: _("Translation differences"),
    "goodwill": _("Goodwill"),
    "minority": _("Minority interest"),
    "unmatched": _("Differences between companies"),
}


class MemberAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account of a member behind a figure; `own` is in the member's currency.

    Accounts of several members with the same `rgs` code are the same to the group.
    """

    company: str
    code: str
    name: str
    rgs: str
    currency: str
    own: int
    amount: int


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a consolidated statement: by member, what was eliminated, and what is left.

    Amounts are in the sign of the statement, in the group's currency. A line of the layout has
    the code of its `group`, one that follows from others none.
    """

    code: str
    name: str
    side: str
    members: list[int]
    eliminated: int
    total: int
    accounts: list[MemberAccount]


class Consolidation(msgspec.Struct, frozen=True, kw_only=True):
    """Both statements of a group on a day. `unmatched` is what members don't agree on.

    Assets equal equity and liabilities for each member, for what was eliminated, and in total.
    The results of each company are since its `starts`, the first day of its own fiscal year.
    """

    group: str
    name: str
    currency: str
    on: date
    companies: list[str]
    starts: list[date]
    balance_sheet: list[GroupLine]
    profit_and_loss: list[GroupLine]
    assets: int
    equity_and_liabilities: int
    result: int
    minority: int
    unmatched: int


class GroupRow(msgspec.Struct, frozen=True, kw_only=True):
    """A group of companies with this one at its head."""

    code: str
    name: str
    currency: str
    members: int
    companies: list[str]


@query(permission=READ, title=_("Groups of companies"), exposed=True)
def company_groups(actor: Actor, /) -> list[GroupRow]:
    """The groups that this company is the head of."""
    found = scoped(actor, CompanyGroup).order_by("code").select_related("company")
    return [
        GroupRow(
            code=each.code,
            name=each.name,
            currency=each.currency,
            members=len(names),
            companies=names,
        )
        for each in found.prefetch_related("members__member")
        if (names := [each.company.name, *(one.member.name for one in each.members.all())])
    ]


@query(permission=READ, title=_("Consolidated statements"), exposed=True)
def consolidated_statements(
    actor: Actor, /, *, group: str, on: date | None = None
) -> Consolidation:
    """The group's statements at the end of a day, the results of the year until then.

    Raises NotFound, NotAllowed for who may not see the ledger of every member, MissingRate.
    """
    day = on or today_of(actor)
    check_span(day, day)
    found = one(actor, CompanyGroup, code=group)
    members = list(found.members.select_related("member", "participation").order_by("id"))
    return _Consolidating(actor, found, members, day).result()


class _Consolidating:
    """One consolidation as it is built up; amounts are debit positive until they are shown."""

    def __init__(
        self, actor: Actor, group: CompanyGroup, members: Sequence[GroupMember], on: date
    ) -> None:
        self.actor, self.group, self.members, self.on = actor, group, members, on
        head = Company.objects.get(pk=actor.company_id)
        self.actors = [self._seen(each) for each in (head, *(one.member for one in members))]
        self.names = [head.name, *(each.member.name for each in members)]
        self.rates = [Translation(actor, each.currency, group.currency) for each in self.actors]
        self.figures = [
            member_figures(there, on, rates)
            for there, rates in zip(self.actors, self.rates, strict=True)
        ]
        self.eliminated: dict[str, int] = {}
        self.unmatched = self.minority = 0

    def _seen(self, company: Company) -> Actor:
        there = in_company(self.actor, company)
        if there is None or not there.may(READ):
            raise NotAllowed(_("You may not see the ledger of every company of this group."))
        return there

    def result(self) -> Consolidation:
        """Eliminate, and lay out what is left."""
        self._between()
        self._participations()
        sheet = [self._group_line(each) for each in layout.on(layout.Statement.BALANCE_SHEET)]
        sheet += self._following()
        profit = [self._group_line(each) for each in layout.on(layout.Statement.PROFIT_AND_LOSS)]
        assets = sum(each.total for each in sheet if each.side == layout.Side.ASSETS)
        claims = sum(each.total for each in sheet if each.side != layout.Side.ASSETS)
        return Consolidation(
            group=self.group.code,
            name=self.group.name,
            currency=self.group.currency,
            on=self.on,
            companies=self.names,
            starts=[year_start(each.company_id, self.on) for each in self.actors],
            balance_sheet=[each for each in sheet if any((*each.members, each.eliminated))],
            profit_and_loss=[each for each in profit if any((*each.members, each.eliminated))],
            assets=assets,
            equity_and_liabilities=claims,
            result=sum(each.total for each in profit),
            minority=self.minority,
            unmatched=self.unmatched,
        )

    def _take(self, key: str, amount: int) -> None:
        """Eliminate an amount, debit positive, from a group of the layout or a line that follows."""
        self.eliminated[key] = self.eliminated.get(key, 0) - amount

    def _between(self) -> None:
        """Take out what members owe each other, and what they sold each other this year."""
        companies = [each.company_id for each in self.actors]
        balances = results = 0
        for there, rates, figures in zip(self.actors, self.rates, self.figures, strict=True):
            parties = Affiliate.objects.filter(company_id=there.company_id, other_id__in=companies)
            # Its results are of its own year, and so they were brought over at that year's average.
            mean = rates.average(year_start(there.company_id, self.on), self.on)
            has = between(there, self.on, list(parties.values_list("party_id", flat=True)))
            balances += self._eliminate(has.balances, figures.balances, rates.at(self.on))
            results += self._eliminate(has.results, figures.results, mean)
        # What one has and the other has not would leave the sheet out of balance without a word.
        self.unmatched = balances
        self._take("unmatched", -balances)
        if not results:
            return
        self._take(RESULT, results)
        if len({each.currency for each in self.actors}) > 1:
            # One has it at the rate of its day, the other at the average of the year.
            self._take(TRANSLATION, -results)
            return
        self._take("unmatched", -results)
        self.unmatched += results

    def _eliminate(
        self, has: Mapping[int, int], figures: Sequence[Figure], rate: Conversion
    ) -> int:
        total = 0
        for each in figures:
            own = has.get(each.account.id, 0)
            if own:
                amount = rate.to_own(own)
                self._take(each.account.group, amount)
                total += amount
        return total

    def _participations(self) -> None:
        """Take out what was paid for members against their equity then; others' share is set apart."""
        head = {each.account.id: each for each in self.figures[0].balances}
        for member, rates, figures in zip(
            self.members, self.rates[1:], self.figures[1:], strict=True
        ):
            percent = int(member.percent * MICRO)
            acquired = rates.at(member.acquired_on).to_own(member.equity) if member.equity else 0
            share = half_up_ratio(acquired * percent, 100 * MICRO)
            paid = 0
            if member.participation_id in head:
                each = head[member.participation_id]
                paid = each.translated
                self._take(each.account.group, paid)
            self._take("equity", -share)
            self._take("goodwill", -(paid - share))
            others = half_up_ratio(figures.equity * (100 * MICRO - percent), 100 * MICRO)
            self._take("equity", -others)
            self._take("minority", others)
            self.minority += others

    def _group_line(self, group: layout.Group) -> GroupLine:
        sign = 1 if group.side is layout.Side.ASSETS else -1
        sheet = group.statement is layout.Statement.BALANCE_SHEET
        members, accounts = [], []
        for name, there, figures in zip(self.names, self.actors, self.figures, strict=True):
            some = figures.balances if sheet else figures.results
            mine = [each for each in some if each.account.group == group.code]
            members.append(sign * sum(each.translated for each in mine))
            accounts += [_account(name, there, each, sign) for each in mine]
        eliminated = sign * self.eliminated.get(group.code, 0)
        return GroupLine(
            code=group.code,
            name=group.name.in_language(self.actor.language),
            side=group.side.value,
            members=members,
            eliminated=eliminated,
            total=sum(members) + eliminated,
            accounts=accounts,
        )

    def _following(self) -> list[GroupLine]:
        """The lines without accounts: goodwill, results, translation, and others' share."""
        lines = []
        for key in ("goodwill", UNCLOSED, RESULT, TRANSLATION, "minority", "unmatched"):
            side = layout.Side.ASSETS if key == "goodwill" else layout.Side.EQUITY_AND_LIABILITIES
            sign = 1 if key == "goodwill" else -1
            members = [sign * each.follows.get(key, 0) for each in self.figures]
            eliminated = sign * self.eliminated.get(key, 0)
            lines.append(
                GroupLine(
                    code="",
                    name=in_words(self.actor, WORDS[key]),
                    side=side.value,
                    members=members,
                    eliminated=eliminated,
                    total=sum(members) + eliminated,
                    accounts=[],
                )
            )
        return lines


def _account(company: str, there: Actor, figure: Figure, sign: int) -> MemberAccount:
    return MemberAccount(
        company=company,
        code=figure.account.code,
        name=figure.account.name,
        rgs=figure.account.rgs,
        currency=there.currency,
        own=sign * figure.own,
        amount=sign * figure.translated,
    )
