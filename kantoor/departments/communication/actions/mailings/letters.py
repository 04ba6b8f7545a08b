"""What a mailing needs to go out: its message in each language, made personal, and its ways."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.utils import timezone

from kantoor.departments.communication.mails.invitation import invitation
from kantoor.departments.communication.mails.letter import (
    Said,
    letter_html,
    letter_text,
    short_text,
)
from kantoor.departments.communication.models import (
    Mailing,
    MailingLink,
    MailingText,
    MailingTo,
    SigningKey,
)
from kantoor.departments.communication.models.items.item import EVENT
from kantoor.departments.communication.models.mailings.channel import SMS
from kantoor.departments.communication.models.mailings.mailing import LONGEST_LINK
from kantoor.departments.communication.queries.audiences.resolving import unsubscribe_address
from kantoor.departments.communication.queries.mailings import tokens
from kantoor.departments.communication.queries.mailings.agreed import must_hear
from kantoor.departments.communication.queries.mailings.saying import said_in
from kantoor.departments.communication.recipients import Recipient
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.mass.composing import (
    Leaflet,
    Picture,
    Prepared,
    new_id,
    prepared,
    slot,
)
from kantoor.kernel.mail.mass.providers import ByProvider
from kantoor.kernel.mail.mass.services import ByService
from kantoor.kernel.mail.mass.signing import Signer, unsealed
from kantoor.kernel.mail.mass.ways import ByMailServer, Outgoing, Way
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.sending import on_the_wire
from kantoor.kernel.mail.tokens import Thread, reply_address
from kantoor.kernel.record.sealed import opened

SEALED = b"kantoor channels v1"
"""What the addresses of services are sealed for."""
NAME, UNSUBSCRIBE, ADDRESS_OF, PICTURE = "name", "unsubscribe", "address", "picture"
MOST_CONNECTIONS = 20
_LINK = re.compile(r'href="(https?://[^"]+)"')


@dataclass
class Outfit:
    """Ways out and the messages for them; a way may make several connections."""

    company_id: int
    mailing: Mailing
    ways: Sequence[Way]
    texts: Mapping[tuple[str, bool], "Prepared | str"]
    """By language, and whether it is for who agreed to be measured."""
    first: str
    said: frozenset[int]
    """Which of its texts (MailingText) they say."""
    links: Sequence[int] = ()
    signer: Signer | None = None
    mailbox: Mailbox | None = None
    must: bool = False
    sent_at: datetime = field(default_factory=timezone.now)

    def message(self, row: MailingTo) -> Outgoing:
        """The message for a recipient, whose content is made when it is handed in."""
        if self.mailbox is None:
            return Outgoing(row.pk, row.address, "", lambda: self._short(row))
        thread = Thread(tokens.BOUNCE, row.pk, 0)
        bounces_to = reply_address(self.mailbox.address, self.company_id, thread)
        return Outgoing(row.pk, row.address, bounces_to, lambda: self._mail(row))

    def close(self) -> None:
        """Nothing more goes out by these ways."""
        for way in self.ways:
            way.close()

    def _short(self, row: MailingTo) -> bytes:
        text = self._text(row, measured=False)
        assert isinstance(text, str)
        return text.encode()

    def _mail(self, row: MailingTo) -> bytes:
        text = self._text(row, measured=row.measured and bool(settings.ADDRESS))
        assert isinstance(text, Prepared)
        content = text.personal(
            name=row.name, address=on_the_wire(row.address), message_id=new_id(),
            values=self._values(row),
        )  # fmt: skip
        return self.signer.signed(content) if self.signer else content

    def _text(self, row: MailingTo, *, measured: bool) -> "Prepared | str":
        return self.texts.get((row.language, measured)) or self.texts[self.first, measured]

    def _values(self, row: MailingTo) -> dict[str, str]:
        company, mailing = self.company_id, self.mailing
        values = {NAME: row.name, ADDRESS_OF: row.address, PICTURE: ""}
        if not self.must:
            to = Recipient(
                name=row.name, address=row.address, party=row.party_id, subscriber=row.subscriber_id
            )
            values[UNSUBSCRIBE] = unsubscribe_address(company, to, mailing.purpose)
        if row.measured and settings.ADDRESS:
            values[PICTURE] = tokens.picture_of_opening(company, row.pk)
        for number in self.links:
            values[f"link_{number}"] = (
                tokens.own_link(company, row.pk, number)
                if row.measured
                else tokens.any_link(company, mailing.pk, number)
            )
        return values


def outfit_of(actor: Actor, mailing: Mailing, ways: Sequence[Way] = ()) -> Outfit:
    """Get a mailing's messages ready, and its ways unless they are there already."""
    rows = mailing.texts.select_related("publication__text").order_by("pk")
    texts = list({row.language: row for row in rows}.values())
    first = mailing.item.language if any(t.language == mailing.item.language for t in texts) else ""
    first = first or texts[0].language
    if mailing.way is not None:
        return _by_service(actor, mailing, texts, first, ways)
    assert mailing.mailbox is not None, "a mailing goes out by mail or by a service"
    links = dict(MailingLink.objects.filter(mailing=mailing).values_list("address", "number"))
    must = must_hear(mailing.item, mailing.audience_id)
    return Outfit(
        company_id=actor.company_id,
        mailing=mailing,
        ways=ways or mail_ways(),
        said=_names(texts),
        texts={
            (t.language, measured): _mail_in(actor, mailing, t, links, must, measured)
            for t in texts
            for measured in ((False, True) if settings.ADDRESS else (False,))
        },
        first=first,
        links=sorted(links.values()) if settings.ADDRESS else [],
        signer=signer_for(actor, mailing.mailbox),
        mailbox=mailing.mailbox,
        must=must,
    )


def as_it_stands(actor: Actor, outfit: Outfit) -> Outfit:
    """The same ways with what the mailing says now, where that was corrected since."""
    mailing = outfit.mailing
    newest = {row.language: row.pk for row in mailing.texts.order_by("pk")}
    if outfit.said == frozenset(newest.values()):
        return outfit
    mailing.item.refresh_from_db()
    return outfit_of(actor, mailing, outfit.ways)


def mail_ways() -> list[Way]:
    """The connections that mail goes out by: to the provider, or `connections` to the mail server."""
    if settings.MAIL_BACKEND:
        return [ByProvider() for _ in range(2)]
    wanted = parse_qs(urlsplit(settings.SMTP).query).get("connections", ["2"])[0]
    count = int(wanted) if wanted.isdigit() else 2
    return [ByMailServer() for _ in range(min(max(count, 1), MOST_CONNECTIONS))]


def signer_for(actor: Actor, mailbox: Mailbox) -> Signer | None:
    """The key in use that signs mail of the mailbox's domain; a provider signs by itself."""
    if settings.MAIL_BACKEND:
        return None
    domain = mailbox.address.rpartition("@")[2]
    key = SigningKey.objects.filter(company=actor.company_id, domain=domain, active=True).last()
    return Signer(key.domain, key.selector, unsealed(key.private)) if key else None


def links_in(actor: Actor, mailing: Mailing, texts: Sequence[MailingText]) -> list[str]:
    """The addresses that the texts of a mailing point to, each once, as they come.

    One that is too long to be kept is not among them: it is not counted, and leads on as it is.
    """
    found: dict[str, None] = {}
    for each in texts:
        said = _said(actor, mailing, each, must=True, measured=False)
        found |= dict.fromkeys(html.unescape(link) for link in _LINK.findall(letter_html(said)))
    return [each for each in found if len(each) <= LONGEST_LINK]


def _mail_in(
    actor: Actor,
    mailing: Mailing,
    text: MailingText,
    links: Mapping[str, int],
    must: bool,
    measured: bool,
) -> Prepared:
    """The message in one language; its links count who follows them."""
    said, box = _said(actor, mailing, text, must=must, measured=measured), mailing.mailbox
    assert box is not None
    page = letter_html(said)
    if settings.ADDRESS:
        page = _LINK.sub(lambda m: _counted(m, links), page)
    item = mailing.item
    code = mailing.audience.code if mailing.audience else "everybody"
    return prepared(
        Leaflet(
            sender_name=box.sender_name,
            sender=box.address,
            subject=said.title,
            text=letter_text(said),
            html=page,
            at=timezone.now(),
            language=text.language,
            unsubscribe="" if must else slot(UNSUBSCRIBE),
            list_id=f"{code}.{box.address.rpartition('@')[2]}",
            calendar=invitation(item, box, slot(ADDRESS_OF)) if item.kind == EVENT else "",
            pictures=[Picture(f.name, f.media_type, f.content) for f in said.files],
        )
    )


def _counted(found: "re.Match[str]", links: Mapping[str, int]) -> str:
    number = links.get(html.unescape(found[1]))
    return found[0] if number is None else f'href="{slot(f"link_{number}")}"'


def _said(actor: Actor, mailing: Mailing, text: MailingText, *, must: bool, measured: bool) -> Said:
    """What the mail says in a language."""
    return said_in(
        actor, mailing.item, text.publication.text, company=mailing.company.name,
        unsubscribe="" if must else slot(UNSUBSCRIBE),
        opened=slot(PICTURE) if measured else "",
    )  # fmt: skip


def _names(texts: Sequence[MailingText]) -> frozenset[int]:
    return frozenset(text.pk for text in texts)


def _by_service(
    actor: Actor,
    mailing: Mailing,
    texts: Sequence[MailingText],
    first: str,
    ways: Sequence[Way],
) -> Outfit:
    assert mailing.way is not None
    return Outfit(
        company_id=actor.company_id,
        mailing=mailing,
        ways=ways or [ByService(opened(mailing.way.service, SEALED))],
        said=_names(texts),
        texts={
            (t.language, False): short_text(
                t.publication.text.title, t.publication.text.summary,
                t.publication.text.body, brief=mailing.way.kind == SMS,
            )
            for t in texts
        },
        first=first,
    )  # fmt: skip
