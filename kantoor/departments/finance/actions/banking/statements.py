"""Take in bank statements: read, proved by their balances, joined to those before, kept."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.chain import Chain, Link
from kantoor.departments.finance.actions.banking.owners import Owners
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.drafts_banking import BankFileDraft, BankFileTaken, Warned
from kantoor.departments.finance.errors import BadStatement
from kantoor.departments.finance.formats.bank.model import BankEntry, BankFileError, BankStatement
from kantoor.departments.finance.formats.bank.proof import faults_of
from kantoor.departments.finance.formats.bank.reading import read_bank_file
from kantoor.departments.finance.models import BankAccount, Statement, StatementLine
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.files.files import store_file
from kantoor.kernel.record.erasure import new_subjects
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.models import insert_rows

PERMISSION = "finance.import_statement"
LENIENT_RULES = ("bank.sum", "bank.no_opening", "bank.no_closing", "bank.balance_currency")
"""What may be let pass when that is asked; another account or currency never is."""
_TYPES = {"camt": "application/xml", "mt94": "text/plain", "ofx2": "application/xml"}


@action(
    permission=PERMISSION, title=_("Take in bank statements"), bulk_of="finance.import_statement"
)
def import_statements(
    actor: Actor,
    /,
    *,
    files: Sequence[BankFileDraft],
    lenient: bool = False,
    open_accounts: bool = False,
) -> list[BankFileTaken]:
    """Take in the statements of these files, all or none.

    Each must add up from its opening to its closing balance and follow on the one before it.
    Lines that an earlier file brought are recognised, the same file again changes nothing. With
    `lenient` a wrong sum, a missing balance or a gap is only warned of; with `open_accounts` an
    account that isn't known is added, for who may. A report of the day (camt.052, MT942) or a
    notification (camt.054) is kept and nothing taken from it. Raises BadStatement with its rule
    and the place of the file as `line`, or several as Refusals.
    """
    if not files:
        raise InvalidInput(_("There is no file to take in."), field="files")
    lock_company(actor.company_id)
    owners = Owners(actor, open_accounts)
    taken: list[BankFileTaken] = []
    errors: list[DomainError] = []
    for place, file in enumerate(files, 1):
        try:
            taken.append(_take(actor, owners, file, lenient, place if len(files) > 1 else None))
        except Refusals as several:
            errors += several.errors
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    return taken


@action(permission=PERMISSION, title=_("Take in a bank statement"))
def import_statement(
    actor: Actor,
    /,
    *,
    name: str,
    content: bytes,
    account: str = "",
    mapping: str = "",
    lenient: bool = False,
    open_accounts: bool = False,
) -> BankFileTaken:
    """Take in the statements of one file. Raises what `import_statements` raises."""
    file = BankFileDraft(name=name, content=content, account=account, mapping=mapping)
    return import_statements(actor, files=[file], lenient=lenient, open_accounts=open_accounts)[0]


def _take(
    actor: Actor, owners: Owners, file: BankFileDraft, lenient: bool, place: int | None
) -> BankFileTaken:
    try:
        found = read_bank_file(file.content, mapping=file.mapping)
    except BankFileError as error:
        raise BadStatement(error.rule, error.message, line=error.line or place) from None
    whole = [each for each in found.statements if each.kind == "statement"]
    if not whole:
        return _only_kept(actor, file, found.form, found.statements[0].kind)
    work = _Intake(actor, owners, file, found.form, lenient, place)
    for statement in whole:
        work.check(statement)
    if work.errors:
        raise work.errors[0] if len(work.errors) == 1 else Refusals(work.errors[:20])
    return work.keep()


def _only_kept(actor: Actor, file: BankFileDraft, form: str, kind: str) -> BankFileTaken:
    """A file that is no statement: kept when it says something of the account, else refused."""
    if kind == "investment":
        message = _("This is a statement of investments; only accounts for payments are taken in.")
        raise BadStatement("bank.investment", message)
    store_file(actor, content=file.content, name=file.name, media_type=_media_type(form))
    words = {
        "report": _("A report of a day under way: it is kept; its statement follows."),
        "notification": _("A notification: it is kept; what it tells stands on the statement."),
    }
    warned = Warned(f"bank.{kind}", force_str(words[kind]))
    return BankFileTaken(
        name=file.name,
        form=form,
        statements=0,
        known=0,
        lines=0,
        known_lines=0,
        accounts=[],
        opened=[],
        warnings=[warned],
    )


def _media_type(form: str) -> str:
    return _TYPES.get(form[:4], "text/csv" if form.startswith("csv") else "application/x-ofx")


class _Intake:
    """One file on its way in: checked statement by statement, then written at once."""

    def __init__(
        self,
        actor: Actor,
        owners: Owners,
        file: BankFileDraft,
        form: str,
        lenient: bool,
        place: int | None,
    ) -> None:
        self.actor, self.owners, self.file, self.form = actor, owners, file, form
        self.lenient, self.place = lenient, place
        self.errors: list[DomainError] = []
        self.warnings: list[Warned] = []
        self.waiting: dict[int, list[BankStatement]] = {}
        self.accounts: dict[int, BankAccount] = {}
        self.opened: list[str] = []

    def check(self, statement: BankStatement) -> None:
        """Prove a statement by itself and find whose it is; what is wrong is noted."""
        if _says_nothing(statement):
            words = force_str(_about(statement, _("A page without movements: left out.")))
            self.warnings.append(Warned("bank.empty_page", words))
            return
        faults = list(faults_of(statement))
        hard = [each for each in faults if not self.lenient or each.rule not in LENIENT_RULES]
        for fault in hard:
            message = _about(statement, fault.message)
            self.errors.append(BadStatement(fault.rule, message, line=fault.line or self.place))
        if hard:
            return
        self.warnings += [
            Warned(fault.rule, force_str(_about(statement, fault.message))) for fault in faults
        ]
        try:
            account, fresh = self.owners.of(statement, self.file.account)
        except DomainError as error:
            self.errors.append(error)
            return
        if fresh:
            self.opened.append(account.code)
        self.accounts[account.pk] = account
        self.waiting.setdefault(account.pk, []).append(statement)

    def keep(self) -> BankFileTaken:
        """Join the statements to those before and write what is new."""
        links: list[tuple[BankAccount, Link]] = []
        known = known_lines = 0
        for key, statements in self.waiting.items():
            account = self.accounts[key]
            chain = Chain(account, self.lenient)
            for link in chain.join(statements):
                if link.fault is not None and not self.lenient:
                    message = _about(link.statement, link.fault.message)
                    line = link.statement.line or self.place
                    self.errors.append(BadStatement(link.fault.rule, message, line=line))
                elif link.fault is not None:
                    self.warnings.append(
                        Warned(
                            link.fault.rule, force_str(_about(link.statement, link.fault.message))
                        )
                    )
                known += link.wholly_known
                known_lines += link.known
                if not link.wholly_known:
                    links.append((account, link))
        if self.errors:
            raise self.errors[0] if len(self.errors) == 1 else Refusals(self.errors[:20])
        lines = self._write(links) if links else 0
        return BankFileTaken(
            name=self.file.name,
            form=self.form,
            statements=len(links),
            known=known,
            lines=lines,
            known_lines=known_lines,
            accounts=[account.code for account in self.accounts.values()],
            opened=self.opened,
            warnings=self.warnings,
        )

    def _write(self, links: Sequence[tuple[BankAccount, Link]]) -> int:
        [subject] = new_subjects(1)
        file = store_file(
            self.actor,
            content=self.file.content,
            name=self.file.name,
            media_type=_media_type(self.form),
            subject_id=subject,
        )
        first = take_ids(Statement, len(links))
        taken_at = now()
        statements: list[tuple[Any, ...]] = []
        lines: list[tuple[Any, ...]] = []
        for key, (account, link) in enumerate(links, first):
            rows = list(_line_rows(key, account.pk, subject, link))
            statements.append(self._statement_row(key, account, file.pk, link, len(rows), taken_at))
            lines += rows
        line_key = take_ids(StatementLine, len(lines)) if lines else 0
        insert_rows(StatementLine, [(line_key + n, *row) for n, row in enumerate(lines)])
        insert_rows(Statement, statements)
        return len(lines)

    def _statement_row(
        self, key: int, account: BankAccount, file_id: int, link: Link, count: int, taken_at: str
    ) -> tuple[Any, ...]:
        said = link.statement
        warning = force_str(link.fault.message) if link.fault else ""
        if not warning:
            warning = next((force_str(each.message) for each in faults_of(said)), "")
        return (
            key,
            self.actor.company_id,
            account.pk,
            file_id,
            self.form,
            said.identity[:80],
            said.number[:40],
            link.digest,
            link.opened_on.isoformat(),
            link.closed_on.isoformat(),
            link.opening,
            link.closing,
            count,
            link.known,
            warning[:300],
            taken_at,
        )


def _says_nothing(statement: BankStatement) -> bool:
    """A page that goes on (:60M:) and on which nothing moved."""
    opening, closing = statement.opening, statement.closing
    if statement.entries or opening is None or closing is None or not opening.interim:
        return False
    return opening.amount == closing.amount


def _about(statement: BankStatement, message: object) -> object:
    """The message with the statement that it concerns."""
    name = statement.number or statement.identity
    words = _("Statement {name} of {account}: {what}")
    account = statement.account or "?"
    return words.format(name=name[:40] or "1", account=account[:40], what=message)


def _line_rows(key: int, account_id: int, subject: int, link: Link) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for entry, repeat, digest in link.fresh:
        n = len(rows)
        rows += _rows_of(key, account_id, subject, entry, repeat, digest, n)
    return rows


def _rows_of(
    key: int, account_id: int, subject: int, entry: BankEntry, repeat: int, digest: str, n: int
) -> list[tuple[Any, ...]]:
    """A row for each part of an entry, so that a batch is matched payment by payment."""
    booked, valued = entry.booked_on.isoformat(), entry.valued_on.isoformat()
    return [
        (
            subject,
            key,
            account_id,
            n + place,
            booked,
            valued,
            part.amount,
            part.original[:40],
            entry.kind[:40],
            entry.reference[:80],
            digest if place == 1 else hashlib.md5(f"{digest}/{place}".encode()).hexdigest(),
            repeat,
            part.end_to_end[:80],
            part.mandate[:80],
            part.creditor_reference[:80],
            part.returned[:40],
            part.text[:2000],
            part.name[:200],
            part.iban[:40],
            part.bic[:20],
            None,
            "",
        )
        for place, part in enumerate(entry.parts, 1)
    ]
