"""Letters of management: to people with an account, each in their language and what they may see."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.translation import override

from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.models import Mailbox, MailOut
from kantoor.kernel.mail.outgoing import (
    Addressee,
    Letter,
    sending_mailbox,
    steady_message_id,
    write_letters,
)

LETTER = "m"
"""The letter of management in tokens: replies come in as any other mail."""
Words = Callable[[User], tuple[str, str]]
"""Subject and text for somebody, in the language that holds."""


def reader_of(user: User, company: Company) -> Actor | None:
    """The actor that somebody is in a company; None for a closed account, or without a role."""
    try:
        return actor_for(user, company)
    except NotAllowed:
        return None


def mailbox_of(actor: Actor) -> Mailbox | None:
    """The mailbox that management writes from, where mail can be sent at all."""
    return sending_mailbox(actor, "management") if settings.SMTP else None


def write_to(
    actor: Actor,
    box: Mailbox,
    about: str,
    said: str,
    people: Sequence[User],
    words: Words,
    attached: Callable[[User], File | None] = lambda _user: None,
) -> list[MailOut]:
    """Write to each of these people once for what is `said`; their mails, in order.

    Those without an address are to be left out before.
    """
    number = int(about.rpartition("/")[2])
    letters = []
    for user in people:
        with override(user.language):
            subject, body = words(user)
        letters.append(
            Letter(
                mailbox=box, about=about, thread=(LETTER, number), subject=subject, body=body,
                to=[Addressee(user.name, user.email.strip().lower(), user.pk)], automatic=True,
                message_id=steady_message_id(box, f"{about} {said} {user.pk}"),
                attachment=attached(user),
            )
        )  # fmt: skip
    return write_letters(actor, letters)
