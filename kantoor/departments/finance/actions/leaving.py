"""Import another administration: accounts, parties, entries and open items; all of it or nothing."""

from collections.abc import Sequence
from itertools import islice
from typing import cast

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.accounts import add_accounts
from kantoor.departments.finance.actions.checking import Checker, Faulty
from kantoor.departments.finance.actions.dimensions import add_dimension, add_dimension_values
from kantoor.departments.finance.actions.faults import refusal_of
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.codes import DIMENSION, VALUE
from kantoor.departments.finance.drafts_books import AccountDraft, AccountKind, ValueDraft
from kantoor.departments.finance.errors import NotImportable
from kantoor.departments.finance.formats.administration import SourceParty
from kantoor.departments.finance.models import Dimension, DimensionValue, ImportedFile
from kantoor.departments.finance.queries.leaving.answers import LedgerFile, LedgerImport, Refused
from kantoor.departments.finance.queries.leaving.foresee import PERMISSION, plan_of, told
from kantoor.departments.finance.queries.leaving.plan import LONGEST_PARTY, Plan
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.errors import DomainError, Refusals
from kantoor.kernel.files.files import store_file
from kantoor.kernel.parties.models import Party, PartyRole

AT_ONCE = 2_000
ROLES = {"C": ("customer",), "S": ("supplier",), "B": ("customer", "supplier")}
MEDIA = {
    "xaf": "application/xml",
    "saft": "application/xml",
    "csv": "text/csv",
    "beancount": "text/plain",
    "hledger": "text/plain",
    "ledger": "text/plain",
}


@action(permission=PERMISSION, title=_("Import an administration"))
def import_ledger(
    actor: Actor,
    /,
    *,
    files: Sequence[LedgerFile],
    mapping: str = "",
    format: str = "",
    dry_run: bool = False,
) -> LedgerImport:
    """Import entries, accounts, parties and open items from another program's files, all or none.

    Reads XAF, SAF-T, Beancount, hledger and ledger journals, and tables (CSV, XLSX); `mapping` is TOML
    that says which account becomes which. With `dry_run` it only tells what it would do. Files
    that were imported before change nothing. Raises NotImportable with each reason and line.
    """
    lock_company(actor.company_id)
    plan = plan_of(actor, files, mapping, format)
    found = told(actor, plan, done=False)
    if dry_run or found.known:
        return found
    if not found.ok:
        raise _refusal(found.refused)
    _make_accounts(actor, plan)
    _make_parties(actor, plan, [each.code for each in found.parties if each.how == "made"])
    _make_dimensions(actor, plan)
    origin = _keep(actor, plan, files)
    _post(actor, plan, origin)
    return msgspec.structs.replace(found, done=True)


def _refusal(refused: Sequence[Refused]) -> DomainError:
    errors = [
        NotImportable(
            f"{each.file}: {each.message}" if each.file else each.message,
            field="files",
            line=each.line or None,
        )
        for each in refused[:20]
    ]
    return errors[0] if len(errors) == 1 else Refusals(errors)


def _make_accounts(actor: Actor, plan: Plan) -> None:
    made = {each.code: each for each in plan.chosen.values() if each.how == "made"}
    if made:
        add_accounts(
            actor,
            accounts=[
                AccountDraft(
                    code=each.code, name_en=each.name, kind=cast(AccountKind, each.kind), group=each.group,
                    rgs=each.rgs,
                )
                for each in made.values()
            ],
        )  # fmt: skip


def _make_parties(actor: Actor, plan: Plan, codes: Sequence[str]) -> None:
    known: dict[str, SourceParty] = {}
    for source in plan.sources:
        for code, party in source.found.parties.items():
            if code[:LONGEST_PARTY] not in known or party.name:
                known[code[:LONGEST_PARTY]] = party
    now = timezone.now()
    wanted = [(code, known.get(code, SourceParty(code))) for code in codes]
    parties = Party.objects.bulk_create(
        Party(
            company_id=actor.company_id,
            code=code,
            name=(each.name or code)[:200],
            email=with_one_domain(each.email[:254]),
            street=each.street[:200],
            postcode=each.postcode[:20],
            city=each.city[:100],
            country=each.country.upper() if len(each.country) == 2 else "",
            vat_number=each.vat_number[:20],
            registration=each.registration[:40],
            created_at=now,
        )
        for code, each in wanted
    )
    PartyRole.objects.bulk_create(
        PartyRole(party=party, role=role)
        for party, (_code, each) in zip(parties, wanted, strict=True)
        for role in ROLES.get(each.kind, ())
    )


def _make_dimensions(actor: Actor, plan: Plan) -> None:
    wanted: dict[str, dict[str, None]] = {}
    for code, value in plan.dimensions:
        wanted.setdefault(code, {})[value] = None
    if not wanted:
        return
    here: dict[str, set[str]] = {}
    for code in Dimension.objects.filter(company_id=actor.company_id).values_list(
        "code", flat=True
    ):
        here[code] = set()
    for code, value in DimensionValue.objects.filter(
        dimension__company_id=actor.company_id
    ).values_list("dimension__code", "code"):
        here[code].add(value)
    for code, values in wanted.items():
        if code not in here and DIMENSION.fullmatch(code):
            add_dimension(actor, code=code, name_en=code.replace("_", " ").capitalize())
        fresh = [value for value in values if value not in here.get(code, ())]
        if fresh:
            drafts = [
                ValueDraft(code=value, name=value) for value in fresh if VALUE.fullmatch(value)
            ]
            add_dimension_values(actor, dimension=code, values=drafts)


def _keep(actor: Actor, plan: Plan, files: Sequence[LedgerFile]) -> str:
    """Keep the files as they came; gives where their entries come from."""
    today = timezone.localdate()
    rows = []
    for source, file in zip(plan.sources, files, strict=True):
        kept = store_file(
            actor, content=file.content, name=file.name, media_type=MEDIA[source.found.format]
        )
        rows.append(
            ImportedFile(
                company_id=actor.company_id, file=kept, sha256=source.sha256, name=file.name[:200],
                format=source.found.format, date=today, entries=source.entries,
                lines=plan.lines if len(plan.sources) == 1 else 0,
            )
        )  # fmt: skip
    ImportedFile.objects.bulk_create(rows)
    return f"finance.imported_file/{rows[0].pk}"


def _post(actor: Actor, plan: Plan, origin: str) -> None:
    ready = plan.ready()
    while some := list(islice(ready, AT_ONCE)):
        calendar = Calendar(actor)
        checker = Checker(actor, [each.draft for each in some], calendar)
        try:
            checked = checker.ready()
        except (Faulty, DomainError):
            raise refusal_of(actor, checker) from None
        entries = [each._replace(origin=origin) for each in checked]
        write_entries(
            actor, entries, [each.due_on or each.draft.date.isoformat() for each in some],
            calendar, checker.controls,
        )  # fmt: skip
