"""Cases by CloudEvents: `kantoor.ict.case.opened` opens one, `kantoor.ict.case.noted` adds a note."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.noting import add_notes
from kantoor.departments.ict.actions.cases.opening import open_cases
from kantoor.departments.ict.drafts import CaseDraft, Kind, NoteDraft
from kantoor.departments.ict.errors import UnknownCase
from kantoor.departments.ict.models import Case, CaseEvent
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.decoding import each_decoded
from kantoor.kernel.intake.incoming import Incoming, Outcome, takes
from kantoor.kernel.queries import scoped


class CaseToOpen(msgspec.Struct, frozen=True, kw_only=True):
    """What another program says of a case; see CaseDraft.

    `reference` is its own number of it, by which it can be noted on later. With `about` a case
    that is open for that cause already is found instead.
    """

    title: str
    text: str = ""
    kind: Kind = "incident"
    requester: str = ""
    contact: str = ""
    service: str = ""
    queue: str = ""
    impact: int = 2
    urgency: int = 2
    about: str = ""
    reference: str = ""


class CaseToNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note to a case, named by our number (`case`) or by the program's own (`reference`)."""

    text: str
    case: str = ""
    reference: str = ""
    public: bool = False


@takes("kantoor.ict.case.opened")
def cases_opened(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Open the cases; no person has had them in hand yet."""
    return each_decoded(actor, documents, CaseToOpen, _open)


@takes("kantoor.ict.case.noted")
def cases_noted(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Add the notes; a machine's note moves nothing."""
    return each_decoded(actor, documents, CaseToNote, _note)


def _open(actor: Actor, documents: Sequence[Incoming], given: Sequence[CaseToOpen]) -> list[str]:
    drafts = [
        CaseDraft(
            **msgspec.structs.asdict(each), channel="api", by_machine=True,
            source=document.source, event=document.event_id,
        )
        for document, each in zip(documents, given, strict=True)
    ]  # fmt: skip
    return [f"ict.case/{each.id}" for each in open_cases(actor, cases=drafts)]


def _note(actor: Actor, documents: Sequence[Incoming], given: Sequence[CaseToNote]) -> list[str]:
    pairs = {
        (document.source, each.reference)
        for document, each in zip(documents, given, strict=True)
        if each.reference and not each.case
    }
    rows = scoped(actor, Case).filter(reference__in={reference for _source, reference in pairs})
    known = {(row.source, row.reference): str(row) for row in rows} if pairs else {}
    notes = []
    for place, (document, each) in enumerate(zip(documents, given, strict=True), 1):
        number = each.case or known.get((document.source, each.reference), "")
        if not number:
            message = _("There is no case “{number}”.").format(number=each.reference[:40])
            raise UnknownCase(message, field="reference", line=place)
        notes.append(NoteDraft(case=number, text=each.text, public=each.public, by_machine=True))
    keys = add_notes(actor, notes=notes)
    cases = dict(CaseEvent.objects.filter(pk__in=keys).values_list("pk", "case_id"))
    return [f"ict.case/{cases[key]}" for key in keys]
