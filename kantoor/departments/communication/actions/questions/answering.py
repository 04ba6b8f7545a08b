"""Questions are answered: by mail where there is an address, and noted all the same."""

from collections.abc import Sequence

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.questions.finding import questions_by_number
from kantoor.departments.communication.actions.questions.writing import Doing
from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import Question, QuestionEvent
from kantoor.departments.communication.models.questions.question import (
    ANSWERED,
    CLOSED,
    WAITING,
)
from kantoor.departments.communication.queries.questions.threads import ABOUT, LETTER
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.mail.models import Mailbox, MailIn, MailOut, Unreachable
from kantoor.kernel.mail.outgoing import Addressee, Letter, steady_message_id, write_letters
from kantoor.kernel.queries import scoped

PURPOSE = "communication"
LONGEST_TEXT = 50_000
MOST_QUOTED = 4_000
"""Characters of what was asked that are quoted below an answer."""


@action(permission=HANDLE_QUESTIONS, title=_("Answer a question"))
def answer_question(
    actor: Actor, /, *, number: str, text: str, by_mail: bool = True, waits: bool = False
) -> None:
    """Answer who asked: by mail from the address it came to, or noted as it was said (`by_mail`).

    The question is answered by it, or waits for them (`waits`). Raises NotFound, NotReady,
    InvalidInput, also where there is no address or no mailbox to write from.
    """
    if not text.strip() or len(text) > LONGEST_TEXT:
        message = _("Write an answer of at most {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(message, field="text")
    row = questions_by_number(actor, [number])[0]
    if row.state == CLOSED:
        message = _("{number} is closed; open it again first.").format(number=row)
        raise NotReady(message, field="number")
    box = _box(actor, row) if by_mail else None
    doing = Doing(actor)
    if row.owner_id is None and actor.user_id is not None:
        row.owner_id = actor.user_id
        doing.note(row, "owner", str(actor.user_id))
    doing.note(row, "answer", "mail" if box else "", text=text.strip())
    row.answered_at = doing.at
    doing.move(row, WAITING if waits else ANSWERED)
    events = doing.finish()
    if box is not None:
        said = next(each for each in events if each.what == "answer")
        write_letters(actor, [_letter(actor, row, box, said)])
    concerns(f"communication.question/{row.pk}")


def acknowledge(actor: Actor, got: Sequence[tuple[Question, MailIn]]) -> None:
    """Tell who wrote that it came in: automatic mail, which asks for no answer."""
    if not got:
        return
    boxes = {each.pk: each for each in scoped(actor, Mailbox).filter(purpose=PURPOSE, active=True)}
    letters = []
    for row, mail in got:
        box = boxes.get(mail.mailbox_id or 0) or next(iter(boxes.values()), None)
        if box is None:
            continue
        with override(_language(actor, row)):
            body = gettext(
                "We got your message and gave it the number {number}.\n\n"
                "Answer this mail if there is more to say; then it stays together.\n\n{name}"
            ).format(number=row, name=box.signature or box.sender_name)
        letters.append(
            Letter(
                box, f"{ABOUT}{row.pk}", (LETTER, row.pk), _subject(row), body,
                [Addressee(mail.sender_name, mail.sender)],
                answers=[mail.message_id] if mail.message_id else [], automatic=True,
            )
        )  # fmt: skip
    write_letters(actor, letters)


def _box(actor: Actor, row: Question) -> Mailbox:
    """The mailbox to answer from: the one it came by, else the first."""
    if not row.address:
        message = _("There is no address to answer to; add it, or say that you told them.")
        raise InvalidInput(message, field="by_mail")
    if scoped(actor, Unreachable).filter(address=row.address, lifted_at=None).exists():
        message = _("Mail to {address} comes back; reach them in another way.")
        raise InvalidInput(message.format(address=row.address), field="by_mail")
    boxes = scoped(actor, Mailbox).filter(purpose=PURPOSE, active=True).order_by("pk")
    came = scoped(actor, MailIn).filter(about=f"{ABOUT}{row.pk}").order_by("pk")
    by = came.values_list("mailbox_id", flat=True).first()
    found = boxes.filter(pk=by or 0).first() or boxes.first()
    if found is None:
        message = _("There is no mailbox to write from; add one, or say that you told them.")
        raise InvalidInput(message, field="by_mail")
    return found


def _letter(actor: Actor, row: Question, box: Mailbox, said: QuestionEvent) -> Letter:
    signature = box.signature or box.sender_name
    return Letter(
        box,
        f"{ABOUT}{row.pk}",
        (LETTER, row.pk),
        _subject(row),
        f"{said.text}\n\n{signature}{_history(row, said)}",
        [Addressee(row.asker, row.address)],
        answers=_thread(actor, row),
        message_id=steady_message_id(box, f"question answer {said.pk}"),
    )


def _subject(row: Question) -> str:
    return f"[{row}] {row.title}"


def _language(actor: Actor, row: Question) -> str:
    return (row.contact.party.language if row.contact else "") or actor.language


def _thread(actor: Actor, row: Question) -> list[str]:
    """The Message-IDs of the question, the latest first, so that mail programs show it together."""
    about = f"{ABOUT}{row.pk}"
    came = scoped(actor, MailIn).filter(about=about).exclude(message_id="").order_by("-received_at")
    went = scoped(actor, MailOut).filter(about=about).order_by("-created_at")
    found = list(came.values_list("received_at", "message_id")[:15])
    found += list(went.values_list("created_at", "message_id")[:15])
    return [key for _at, key in sorted(found, reverse=True)]


def _history(row: Question, before: QuestionEvent) -> str:
    """What they said last, quoted, and never much of it."""
    earlier = row.happened.filter(what__in=("asked", "wrote"), pk__lt=before.pk)
    last = earlier.order_by("-pk").values_list("text", flat=True).first() or row.text
    if not last.strip():
        return ""
    return "\n\n" + "\n".join(f"> {line}" for line in last[:MOST_QUOTED].strip().split("\n"))
