"""What mailings say: what their items say at this moment, also after they were sent off."""

from collections.abc import Sequence

from django.utils import timezone

from kantoor.departments.communication.actions.mailings.letters import links_in
from kantoor.departments.communication.models import (
    Mailing,
    MailingLink,
    MailingText,
    Publication,
)
from kantoor.kernel.actors.actor import Actor

MOST_LINKS = 200


def say_what_stands(actor: Actor, mailings: Sequence[Mailing]) -> None:
    """Let mailings say the newest published text of each language, and know what that points to.

    What was corrected goes out as it is now to whoever has not had it; what they said before is
    kept. Within an action; the statements are as many for one mailing as for all.
    """
    said, standing, now = _said(mailings), _standing(mailings), timezone.now()
    fresh = [
        MailingText(mailing=mailing, language=language, publication=publication, at=now)
        for mailing in mailings
        for (item, language), publication in standing.items()
        if item == mailing.item_id and said.get((mailing.pk, language)) != publication.pk
    ]
    if fresh:
        _write_links(actor, MailingText.objects.bulk_create(fresh))


def _standing(mailings: Sequence[Mailing]) -> dict[tuple[int, str], Publication]:
    rows = Publication.objects.filter(item__in={each.item_id for each in mailings})
    newest = rows.select_related("text").order_by("pk")
    return {(each.item_id, each.language): each for each in newest}


def _said(mailings: Sequence[Mailing]) -> dict[tuple[int, str], int]:
    rows = MailingText.objects.filter(mailing__in=[each.pk for each in mailings]).order_by("pk")
    return {(each.mailing_id, each.language): each.publication_id for each in rows}


def _write_links(actor: Actor, texts: Sequence[MailingText]) -> None:
    """Number what the texts of mails point to, after what was numbered already."""
    by_mail = {text.mailing_id: text.mailing for text in texts if text.mailing.way_id is None}
    known: dict[int, list[str]] = {key: [] for key in by_mail}
    kept = MailingLink.objects.filter(mailing__in=by_mail).order_by("number")
    for key, address in kept.values_list("mailing", "address"):
        known[key].append(address)
    made = []
    for key, mailing in by_mail.items():
        found = links_in(actor, mailing, [text for text in texts if text.mailing_id == key])
        before = known[key]
        new = [address for address in found if address not in before]
        made += [
            MailingLink(mailing=mailing, number=number, address=address)
            for number, address in enumerate(new[: MOST_LINKS - len(before)], len(before) + 1)
        ]
    MailingLink.objects.bulk_create(made)
