"""Letters of the service desk: that a case was opened, and the answers that people write."""

import hashlib
from collections.abc import Sequence

from django.utils.translation import gettext, override

from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.cases.case import RESOLVED
from kantoor.departments.ict.models.cases.timeline import CaseNote
from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.queries.mail.threads import CASE, LETTER
from kantoor.departments.ict.queries.satisfaction.asked import opinion_address
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import Mailbox, MailIn, MailOut
from kantoor.kernel.mail.outgoing import Addressee, Letter, write_letters
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.keyring import secrets

MOST_QUOTED = 4000
"""Characters of the history that is quoted below an answer."""
MOST_ADDRESSEES = 50


def outgoing_mailboxes(actor: Actor) -> dict[int, Mailbox]:
    """The mailboxes that answers can go out from, the first of ICT first."""
    active = scoped(actor, Mailbox).filter(purpose="ict", active=True)
    return {box.pk: box for box in active.order_by("pk")}


def _chosen(boxes: dict[int, Mailbox], wanted: int | None) -> Mailbox | None:
    """The mailbox that something came by, else the first."""
    return boxes.get(wanted or 0) or next(iter(boxes.values()), None)


def acknowledge(actor: Actor, opened: Sequence[tuple[Case, MailIn]]) -> None:
    """Tell who wrote that a case was opened: automatic mail, which asks for no answer."""
    if not opened:
        return
    letters, boxes = [], outgoing_mailboxes(actor)
    for case, row in opened:
        box = _chosen(boxes, row.mailbox_id)
        if box is None:
            continue
        with override(actor.language):
            body = gettext(
                "We got your message and gave it the number {number}.\n\n"
                "Answer this mail if there is more to say; then it stays together.\n\n{name}"
            ).format(number=case, name=_signature(box))
        letters.append(
            Letter(
                box, f"{CASE}{case.pk}", (LETTER, case.pk), _subject(case), body,
                [Addressee(row.sender_name, row.sender, case.requester_id or 0)],
                answers=[row.message_id] if row.message_id else [], automatic=True,
            )
        )  # fmt: skip
    write_letters(actor, letters)


def write_answers(actor: Actor, case: Case, notes: Sequence[CaseNote]) -> list[MailOut]:
    """Send what people wrote to the requester, to everybody who takes part; once for each note."""
    box = _chosen(outgoing_mailboxes(actor), _came_by(actor, case))
    to = addressees(case)
    ids = {note.pk: _message_id(box, note) for note in notes} if box and to else {}
    sent = set(
        scoped(actor, MailOut)
        .filter(message_id__in=ids.values())
        .values_list("message_id", flat=True)
    )
    fresh = [note for note in notes if note.pk in ids and ids[note.pk] not in sent]
    if not fresh or box is None:
        return []
    answers, history = _thread(actor, case), _history(case, fresh[0])
    letters = []
    for note in fresh:
        # Who asked is the first, if they have an address; nobody else is asked how it went.
        question = _question(actor, case, note) if to[0].person == (case.requester_id or 0) else ""
        asked, others = (to[:1], to[1:]) if question else (to, [])
        for some, more, key in ((asked, question, ids[note.pk]), (others, "", "")):
            body = f"{note.text.strip()}\n\n{more}{_signature(box)}{history}"
            letter = Letter(
                box, f"{CASE}{case.pk}", (LETTER, case.pk), _subject(case), body, some,
                answers=answers, message_id=key,
            )  # fmt: skip
            letters += [letter] if some else []
    return write_letters(actor, letters)


def _question(actor: Actor, case: Case, note: CaseNote) -> str:
    """How it went, asked in the mail that says that the case is solved; else empty."""
    event = note.event
    if (event.what, event.now) != ("state", RESOLVED) or case.requester is None:
        return ""
    if not (address := opinion_address(case)):
        return ""
    with override(case.requester.language):
        return (
            gettext("How were you helped? Say it here: {address}").format(address=address) + "\n\n"
        )


def _signature(box: Mailbox) -> str:
    """What stands below what is written."""
    return box.signature or box.sender_name


def addressees(case: Case) -> list[Addressee]:
    """The requester and everybody who takes part by mail, each address once."""
    found: dict[str, Addressee] = {}
    if case.requester is not None and case.requester.email:
        address = case.requester.email.strip().lower()
        found[address] = Addressee(case.requester.name, address, case.requester.pk)
    for each in Participant.objects.filter(case=case).order_by("pk")[:MOST_ADDRESSEES]:
        if each.address:
            found.setdefault(each.address, Addressee(each.name, each.address))
    return list(found.values())


def _subject(case: Case) -> str:
    return f"[{case}] {case.title}"


def _came_by(actor: Actor, case: Case) -> int | None:
    rows = scoped(actor, MailIn).filter(about=f"{CASE}{case.pk}").order_by("pk")
    return rows.values_list("mailbox_id", flat=True).first()


def _thread(actor: Actor, case: Case) -> list[str]:
    """The Message-IDs of the case, the latest first, so that mail programs show it together."""
    about = f"{CASE}{case.pk}"
    came = scoped(actor, MailIn).filter(about=about).exclude(message_id="").order_by("-received_at")
    went = scoped(actor, MailOut).filter(about=about).order_by("-created_at")
    found = [(at, key) for at, key in came.values_list("received_at", "message_id")[:15]]
    found += [(at, key) for at, key in went.values_list("created_at", "message_id")[:15]]
    return [key for _, key in sorted(found, reverse=True)]


def _history(case: Case, before: CaseNote) -> str:
    """The last that was said before, quoted, and never much of it."""
    earlier = CaseNote.objects.filter(event__case=case, event__public=True, pk__lt=before.pk)
    last = earlier.select_related("event").order_by("-pk").first()
    text = last.text if last else case.text
    if not text.strip():
        return ""
    lines = text[:MOST_QUOTED].strip().split("\n")
    return "\n\n" + "\n".join(f"> {line}" for line in lines)


def _message_id(box: Mailbox, note: CaseNote) -> str:
    """The same for one note whenever it is asked, and not to be guessed."""
    said = f"note {note.pk}".encode()
    digest = hashlib.blake2b(said, key=secrets().sealing[:64], digest_size=16).hexdigest()
    return f"{digest}@{box.address.rpartition('@')[2]}"
