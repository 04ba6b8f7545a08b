"""Tell managers who of their people did not read something in time: one letter for each item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext, override

from kantoor.departments.communication.actions.reading.letters import mailbox_of
from kantoor.departments.communication.mails.letter import styled
from kantoor.departments.communication.mails.notice import (
    Button,
    Notice,
    notice_html,
    notice_text,
)
from kantoor.departments.communication.models import Item, ReadingAsked
from kantoor.departments.communication.queries.items.texts import texts_shown
from kantoor.departments.communication.queries.reading.addresses import (
    LETTER,
    people_path,
    register_path,
    whole_address,
)
from kantoor.departments.communication.queries.reading.members import readers_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.mail.outgoing import Addressee, Letter, steady_message_id, write_letters

NAMED = 50
"""So many people are named in one letter; the page has all."""


@dataclass(frozen=True, slots=True)
class _To:
    """Who is told: a manager, or who owns the item where somebody has none."""

    key: str
    name: str
    address: str
    language: str
    page: str


def tell_managers(actor: Actor, rows: Sequence[ReadingAsked], now: datetime) -> None:
    """Write to the managers (`told`) of these; to the owner of the item where there is none."""
    box = mailbox_of(actor)
    if box is None:
        return
    items = {row.round.item_id: row.round.item for row in rows}
    of: dict[tuple[_To, int], list[ReadingAsked]] = {}
    to = _addressees(actor, rows)
    for row in rows:
        if found := to.get(row.pk):
            of.setdefault((found, row.round.item_id), []).append(row)
    company = Company.objects.get(pk=actor.company_id).name
    letters = []
    for (whom, item), theirs in of.items():
        with override(whom.language):
            subject, notice = _words(items[item], theirs, whom, company)
        said = f"not read {item} {whom.key} {now.isoformat()}"
        letters.append(
            Letter(
                box, f"communication.item/{item}", (LETTER, theirs[0].pk), subject,
                notice_text(notice), [Addressee(whom.name, whom.address)], automatic=True,
                html=notice_html(notice),
                message_id=steady_message_id(box, said),
            )
        )  # fmt: skip
    write_letters(actor, letters)


def _addressees(actor: Actor, rows: Sequence[ReadingAsked]) -> dict[int, _To]:
    """Who is told of each of these readings, as far as they can be written to."""
    managers = readers_of(actor, {row.told_id for row in rows if row.told_id is not None})
    alone = {row.round.item.owner_id or 0 for row in rows if row.told_id is None}
    owners = {user.pk: user for user in User.objects.filter(pk__in=alone, active=True)}
    found: dict[int, _To] = {}
    for row in rows:
        if (boss := managers.get(row.told_id or 0)) is not None and boss.address:
            found[row.pk] = _To(
                f"p{boss.party}", boss.name, boss.address, boss.language, people_path()
            )
        elif (owner := owners.get(row.round.item.owner_id or 0)) is not None and owner.email:
            page = register_path(row.round.item)
            address = owner.email.strip().lower()
            found[row.pk] = _To(f"u{owner.pk}", owner.name, address, owner.language, page)
    return found


def _words(item: Item, rows: Sequence[ReadingAsked], whom: _To, company: str) -> tuple[str, Notice]:
    """Subject and letter, in the language that holds."""
    text = texts_shown([item], whom.language).get(item.pk)
    title = text.title if text else item.title
    names = [row.party.name for row in rows[:NAMED]]
    rest = ""
    if (more := len(rows) - NAMED) > 0:
        rest = ngettext("and %(n)s other", "and %(n)s others", more) % {"n": more}
    please = gettext("Please see that they read it, or tell us why they can't.")
    html = format_html(
        "<ul>{}</ul>{}<p>{}</p>",
        format_html_join("", "<li>{}</li>", ((name,) for name in names)),
        format_html("<p>{}</p>", rest) if rest else "",
        please,
    )
    listed = "\n".join(filter(None, [*(f"- {name}" for name in names), rest]))
    address = whole_address(whom.page)
    notice = Notice(
        title=title,
        lead=[
            gettext("These people did not say in time that they read “{title}”:").format(
                title=title
            )
        ],
        text=f"{listed}\n\n{please}",
        html=styled(html),
        button=Button(gettext("See who did not read it"), address) if address else None,
        way=address,
        language=whom.language,
        company=company,
    )
    return gettext("Not read in time: {title}").format(title=title), notice
