"""Letters about what is to be read: each in the reader's language, from communication's mailbox."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, override

from kantoor.departments.communication.models import Item, Publication, ReadingAsked
from kantoor.departments.communication.queries.reading.addresses import (
    LETTER,
    by_link,
    confirm_path,
    item_path,
    whole_address,
)
from kantoor.departments.communication.queries.reading.members import Reader
from kantoor.departments.communication.queries.reading.texts import in_language
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import Mailbox, MailOut
from kantoor.kernel.mail.outgoing import (
    Addressee,
    Letter,
    sending_mailbox,
    steady_message_id,
    write_letters,
)
from kantoor.kernel.ui.formats import moment

PURPOSE = "communication"
LONGEST = 20_000
"""Characters of a notice that go in a mail; the page has the rest."""


@dataclass(frozen=True, slots=True)
class Told:
    """A letter to one reader: `said` names what it says, so that it goes out once."""

    reading: ReadingAsked
    reader: Reader
    said: str


Words = Callable[[Told], tuple[str, str]]
"""Subject and text, in the language that holds."""


def mailbox_of(actor: Actor) -> Mailbox | None:
    """The mailbox that communication writes from, where mail can be sent at all."""
    return sending_mailbox(actor, PURPOSE) if settings.SMTP else None


def write_to_readers(actor: Actor, told: Sequence[Told], words: Words) -> dict[int, MailOut]:
    """Write to each of these who has an address; gives the mails by reading.

    Nothing without a mailbox: they find it in their inbox all the same.
    """
    box = mailbox_of(actor)
    reached = [each for each in told if each.reader.address]
    if box is None or not reached:
        return {}
    letters = []
    for each in reached:
        with override(each.reader.language):
            subject, body = words(each)
        letters.append(
            Letter(
                box, f"communication.reading/{each.reading.pk}", (LETTER, each.reading.pk),
                subject, body, [Addressee(each.reader.name, each.reader.address)], automatic=True,
                message_id=steady_message_id(box, f"reading {each.reading.pk} {each.said}"),
            )
        )  # fmt: skip
    mails = write_letters(actor, letters)
    return {each.reading.pk: mail for each, mail in zip(reached, mails, strict=True)}


def asking(item: Item, texts: Mapping[str, Publication], why: str) -> Words:
    """What is written to who is asked to read an item; `why` is told when it is asked again."""

    def words(told: Told) -> tuple[str, str]:
        text = in_language(dict(texts), told.reader.language, item.language)
        title = text.text.title if text else item.title
        parts = [
            gettext("Please read this, and say that you did before {when}.").format(
                when=moment(told.reading.due_at)
            ),
            gettext("You are asked again: {why}").format(why=why) if why else "",
            *_content(item, text),
            *where(item, told.reading),
        ]
        return title, "\n\n".join(filter(None, parts))

    return words


def reminding(items: Mapping[int, Item], texts: Mapping[int, Mapping[str, Publication]]) -> Words:
    """What is written to who did not read something yet."""

    def words(told: Told) -> tuple[str, str]:
        item = items[told.reading.round.item_id]
        text = in_language(
            dict(texts.get(item.pk, {})), told.reader.language, item.language
        )
        title = text.text.title if text else item.title
        parts = [
            gettext("You did not say yet that you read this: {title}").format(title=title),
            gettext("Do it before {when}; after that we ask your manager to help.").format(
                when=moment(told.reading.due_at)
            ),
            *_content(item, text),
            *where(item, told.reading),
        ]
        return gettext("To read: {title}").format(title=title), "\n\n".join(filter(None, parts))

    return words


def _content(item: Item, text: Publication | None) -> list[str]:
    """The words themselves of what may not wait; of all else the summary, since it is on its page."""
    if text is None:
        return []
    if by_link(item):
        return [text.text.body[:LONGEST].strip()]
    return [text.text.summary.strip()]


def where(item: Item, reading: ReadingAsked) -> list[str]:
    """Where it is read and confirmed."""
    if by_link(item) and (address := whole_address(confirm_path(reading))):
        return [gettext("Say that you read it: {url}").format(url=address)]
    if address := whole_address(item_path(item)):
        return [gettext("Read it, and say so, at {url}").format(url=address)]
    return []
