"""Letters about what is to be read: each in the reader's language, from communication's mailbox."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from kantoor.departments.communication.mails.letter import styled
from kantoor.departments.communication.mails.notice import (
    NOTHING,
    Button,
    Notice,
    notice_html,
    notice_text,
)
from kantoor.departments.communication.models import Item, ReadingAsked
from kantoor.departments.communication.queries.items.texts import TextShown, texts_shown
from kantoor.departments.communication.queries.mailings.pictures import at_our_address
from kantoor.departments.communication.queries.reading.addresses import (
    LETTER,
    by_link,
    confirm_path,
    item_path,
    whole_address,
)
from kantoor.departments.communication.queries.reading.members import Reader
from kantoor.departments.communication.rendering.html import as_html
from kantoor.departments.communication.rendering.plain import as_plain
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
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
    """A letter to one reader about one reading; `item` is what it is about."""

    reading: ReadingAsked
    reader: Reader
    item: Item


Drawn = Mapping[tuple[int, str], SafeString]
"""Texts as mail shows them, by item and language."""
Words = Callable[[Told, TextShown], tuple[str, Sequence[str]]]
"""Subject and first paragraphs, in the language that holds."""


def mailbox_of(actor: Actor) -> Mailbox | None:
    """The mailbox that communication writes from, where mail can be sent at all."""
    return sending_mailbox(actor, PURPOSE) if settings.SMTP else None


def write_to_readers(
    actor: Actor, told: Sequence[Told], said: str, words: Words
) -> dict[int, MailOut]:
    """Write to each of these who has an address; gives the mails by reading.

    `said` names what is said, so that it goes out once. Nothing without a mailbox: they find it
    in their inbox all the same. The statements grow with the languages, not with the letters.
    """
    box = mailbox_of(actor)
    reached = [each for each in told if each.reader.address]
    if box is None or not reached:
        return {}
    items = {each.item.pk: each.item for each in reached}
    texts = {
        language: texts_shown(items.values(), language)
        for language in {each.reader.language for each in reached}
    }
    drawn = _drawn(actor, texts)
    company = Company.objects.get(pk=actor.company_id).name
    written, letters = [], []
    for each in reached:
        text = texts[each.reader.language].get(each.item.pk)
        if text is None:
            continue
        with override(each.reader.language):
            subject, lead = words(each, text)
            notice = _notice(each, text, lead, drawn, company)
        written.append(each)
        letters.append(
            Letter(
                box, f"communication.reading/{each.reading.pk}", (LETTER, each.reading.pk),
                subject, notice_text(notice), [Addressee(each.reader.name, each.reader.address)],
                automatic=True, html=notice_html(notice),
                message_id=steady_message_id(box, f"reading {each.reading.pk} {said}"),
            )
        )  # fmt: skip
    mails = write_letters(actor, letters)
    return {each.reading.pk: mail for each, mail in zip(written, mails, strict=True)}


def asking(why: str) -> Words:
    """What is written to who is asked to read an item; `why` is told when it is asked again."""

    def words(told: Told, text: TextShown) -> tuple[str, Sequence[str]]:
        return text.title, [
            gettext("Please read this, and say that you did before {when}.").format(
                when=moment(told.reading.due_at)
            ),
            gettext("You are asked again: {why}").format(why=why) if why else "",
        ]

    return words


def reminding(told: Told, text: TextShown) -> tuple[str, Sequence[str]]:
    """What is written to who did not read something yet."""
    return gettext("To read: {title}").format(title=text.title), [
        gettext("You did not say yet that you read “{title}”.").format(title=text.title),
        gettext("Do it before {when}; after that your manager hears of it.").format(
            when=moment(told.reading.due_at)
        ),
    ]


def _notice(told: Told, text: TextShown, lead: Sequence[str], drawn: Drawn, company: str) -> Notice:
    """The words of what may not wait, of all else the summary; and where one confirms it."""
    if by_link(told.item):
        address = whole_address(confirm_path(told.reading))
        said = as_plain(text.body, address=settings.ADDRESS)[:LONGEST].strip()
        html = drawn[told.item.pk, text.language]
        label, way = gettext("Confirm that you read it"), gettext("Say that you read it: {url}")
    else:
        address, said = whole_address(item_path(told.item)), text.summary.strip()
        html = styled(format_html("<p>{}</p>", said)) if said else NOTHING
        label, way = gettext("Read it and say so"), gettext("Read it and say so: {url}")
    return Notice(
        title=text.title, lead=lead, text=said, html=html,
        button=Button(label, address) if address else None,
        way=way.format(url=address) if address else "",
        language=told.reader.language, company=company,
    )  # fmt: skip


def _drawn(actor: Actor, texts: Mapping[str, Mapping[int, TextShown]]) -> Drawn:
    """The texts as mail shows them, each once, however many get it."""
    found = {(key, each.language): each.body for by in texts.values() for key, each in by.items()}
    pictures = at_our_address(actor, found.values())
    return {
        which: styled(as_html(body, pictures, address=settings.ADDRESS))
        for which, body in found.items()
    }
