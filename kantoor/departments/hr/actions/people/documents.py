"""Keep documents of employees, with the day until which they are good."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.expenses.receipts import keep_receipts as keep_copies
from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import MANAGE
from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.actions.people.wording import checked_text
from kantoor.departments.hr.drafts_expenses import Receipt as Copy
from kantoor.departments.hr.models import PersonDocument
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.queries import scoped

LONGEST_WARNING = 366
DocumentKind = Literal["identity", "permit", "licence", "diploma", "contract", "other"]
ShownTo = Literal["hr", "person", "manager"]


class DocumentDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of an employee; somebody is told `warn_days` before it expires.

    `file` is the key of a stored file of this person, its copy; `shown_to` who sees it besides HR.
    """

    employee: str
    kind: DocumentKind
    title: str
    expires_on: date | None = None
    warn_days: int = 60
    shown_to: ShownTo = "person"
    file: int | None = None


@action(permission=MANAGE, title=_("Add documents"), bulk_of="hr.add_document")
def add_documents(actor: Actor, /, *, documents: Sequence[DocumentDraft]) -> list[int]:
    """Add papers of employees, all or none; gives their keys.

    Raises Refusals with a message for each row and field.
    """
    found = Findings()
    known = known_codes(actor, [each.employee for each in documents])
    copies = _copies(actor, documents)
    at = timezone.now()
    rows = []
    for line, each in enumerate(documents, 1):
        party = known.employee(each.employee, found, line)
        title = checked_text(each.title, "title", 120, found, line)
        if not title:
            found.add(InvalidInput(_("Say what it is."), field="title", line=line))
        if not 0 <= each.warn_days <= LONGEST_WARNING:
            message = _("Warn between 0 and {most} days before.").format(most=LONGEST_WARNING)
            found.add(InvalidInput(message, field="warn_days", line=line))
        subject = known.employees.get(each.employee.strip(), (0, None))[1]
        if each.file is not None and copies.get(each.file, 0) != subject:
            missing = _("There is no such file of this person.")
            found.add(NotFound(missing, field="file", line=line))
        rows.append(
            PersonDocument(
                subject_id=subject, company_id=actor.company_id, party_id=party or 0, kind=each.kind,
                title=title, shown_to=each.shown_to, expires_on=each.expires_on, warn_on=_warn_on(each), file_id=each.file,
                added_at=at,
            )
        )  # fmt: skip
    found.refuse()
    PersonDocument.objects.bulk_create(rows)
    if len({row.party_id for row in rows}) == 1:
        concerns(f"kernel.party/{rows[0].party_id}")
    return [row.pk for row in rows]


@action(permission=MANAGE, title=_("Add a document"))
def add_document(actor: Actor, /, *, document: DocumentDraft) -> int:
    """Add one paper of an employee; gives its key."""
    return add_documents(actor, documents=[document])[0]


@action(permission=MANAGE, title=_("Hand in a document"), hidden=True)
def hand_in_document(actor: Actor, /, *, document: DocumentDraft, copy: Copy) -> int:
    """Add a paper with its copy, a PDF or a picture; gives its key.

    Raises what adding raises, and WrongReceipt for what is neither or too large.
    """
    known = known_codes(actor, [document.employee]).employees.get(document.employee.strip())
    subject = known[1] if known else None
    if subject is None:
        message = _("There is no employee “{code}”.").format(code=document.employee[:40])
        raise NotFound(message, field="employee")
    file = keep_copies(actor, [copy], subject)[0]
    return add_document(actor, document=msgspec.structs.replace(document, file=file.pk))


@action(permission=MANAGE, title=_("Close documents"), bulk_of="hr.close_document")
def close_documents(actor: Actor, /, *, documents: Sequence[int]) -> None:
    """Say that papers were replaced or matter no longer; nobody is warned of them any more."""
    wanted = set(documents)
    rows = scoped(actor, PersonDocument).filter(pk__in=wanted)
    if len(set(rows.values_list("pk", flat=True))) < len(wanted):
        raise NotFound(_("There is no such document."), field="documents")
    rows.filter(closed_at=None).update(closed_at=timezone.now())


@action(permission=MANAGE, title=_("Close a document"))
def close_document(actor: Actor, /, *, document: int) -> None:
    """Say that a paper was replaced or matters no longer."""
    close_documents(actor, documents=[document])


def _warn_on(draft: DocumentDraft) -> date | None:
    if draft.expires_on is None:
        return None
    days = min(max(draft.warn_days, 0), LONGEST_WARNING)
    return draft.expires_on - min(timedelta(days=days), draft.expires_on - date.min)


def _copies(actor: Actor, documents: Sequence[DocumentDraft]) -> dict[int, int | None]:
    """Whose the files are that are named as copies."""
    wanted = {each.file for each in documents if each.file is not None}
    rows = scoped(actor, File).filter(pk__in=wanted, erased_at=None)
    return dict(rows.values_list("pk", "subject_id"))
