"""The dry run: what importing files would do, said in full before anything is done."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.administration import Trouble
from kantoor.departments.finance.formats.leaving.mapping import Mapping, MappingFault
from kantoor.departments.finance.formats.leaving.reading import FORMATS
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.leaving.answers import (
    AccountPlan,
    CommodityBalance,
    LedgerFile,
    LedgerImport,
    PartyPlan,
    ReadFile,
    Refused,
)
from kantoor.departments.finance.queries.leaving.plan import LONGEST_PARTY, Plan
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import rows_by_key

PERMISSION = "finance.import_ledger"
MOST_FILES = 50


@query(permission=PERMISSION, title=_("What an import would do"))
def foresee_import(
    actor: Actor, /, *, files: Sequence[LedgerFile], mapping: str = "", format: str = ""
) -> LedgerImport:
    """What importing these files would do; nothing is changed.

    `mapping` is TOML (formats/leaving/mapping.py), `format` one of xaf, saft, beancount, hledger,
    ledger and csv, found out when it is empty. Raises InvalidInput for a mapping that can't be.
    """
    return told(actor, plan_of(actor, files, mapping, format), done=False)


def plan_of(actor: Actor, files: Sequence[LedgerFile], mapping: str, format: str) -> Plan:
    """The plan of an import; raises InvalidInput."""
    if format and format not in FORMATS:
        message = _("There is no format “{format}”; there are: {known}.")
        known = ", ".join(FORMATS)
        raise InvalidInput(message.format(format=format[:20], known=known), field="format")
    if not 0 < len(files) <= MOST_FILES:
        words = _("Give one file or more, up to {most}.")
        raise InvalidInput(words.format(most=MOST_FILES), field="files")
    try:
        said = Mapping(mapping)
    except MappingFault as fault:
        raise InvalidInput(fault.message, field="mapping") from None
    return Plan(actor, files, said, format)


def told(actor: Actor, plan: Plan, *, done: bool) -> LedgerImport:
    """The plan as it is shown."""
    known = set(plan.known)
    all_known = len(known) == len({source.sha256 for source in plan.sources})
    parties = _parties(plan)
    grave = [_refused(actor, each) for each in plan.troubles if each.grave]
    if known and not all_known:
        message = in_words(actor, _("Some of these files were imported before; leave them out."))
        grave.append(Refused("", 0, "known", message))
    elif not plan.entries and not all_known and not grave:
        message = in_words(actor, _("There is no entry to import in these files."))
        grave.append(Refused("", 0, "empty", message))
    return LedgerImport(
        ok=not grave,
        done=done,
        known=all_known,
        currency=actor.currency,
        files=[
            ReadFile(
                source.name, source.found.format, source.sha256, source.size, source.entries,
                source.sha256 in known,
            )
            for source in plan.sources
        ],
        entries=plan.entries,
        lines=plan.lines,
        first=plan.first,
        last=plan.last,
        accounts=_accounts(plan),
        parties=parties,
        open_items=len(plan.items.items),
        refused=grave,
        notes=[_refused(actor, each) for each in plan.troubles if not each.grave],
        balances=[
            CommodityBalance(account, commodity, f"{total.normalize():f}")
            for (account, commodity), total in sorted(plan.commodities.items())
            if total
        ],
        debit=plan.debit,
        credit=plan.debit,
    )  # fmt: skip


def _accounts(plan: Plan) -> list[AccountPlan]:
    shown = []
    told_of: set[str] = set()
    for source, chosen in plan.chosen.items():
        # Where several become one, the first says what is posted on it.
        balance = 0 if chosen.code in told_of else plan.posted.get(chosen.code, 0)
        told_of.add(chosen.code)
        names = [each.found.accounts.get(source) for each in plan.sources]
        shown.append(
            AccountPlan(
                source, next((each.name for each in names if each and each.name), ""),
                chosen.code, chosen.name, chosen.kind, chosen.group, chosen.how, chosen.rgs,
                plan.sums.get(source, 0), balance,
            )
        )  # fmt: skip
    return shown


def _parties(plan: Plan) -> list[PartyPlan]:
    names: dict[str, str] = {}
    for source in plan.sources:
        for code, party in source.found.parties.items():
            if code in plan.parties_used or not source.entries:
                names[code[:LONGEST_PARTY]] = party.name or names.get(code[:LONGEST_PARTY], "")
    for code in plan.parties_used:
        names.setdefault(code[:LONGEST_PARTY], "")
    here = rows_by_key(
        "SELECT code, name FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [plan.actor.company_id],
        list(names),
    )
    return [
        PartyPlan(code, here.get(code, name or code), "found" if code in here else "made")
        for code, name in sorted(names.items())
    ]


def _refused(actor: Actor, trouble: Trouble) -> Refused:
    return Refused(trouble.file, trouble.line, trouble.code, in_words(actor, trouble.message))
