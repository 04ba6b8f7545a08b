"""Who wants no mail as a register, and all that is kept of one address."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.audiences.addresses import (
    AddressShown,
    ConsentShown,
    address_kept,
    no_mail,
)
from kantoor.departments.communication.queries.audiences.lists import purpose_names
from kantoor.departments.communication.web.audiences.lists import LISTS
from kantoor.departments.communication.web.audiences.words import (
    ALL_MAIL,
    HOWS,
    STATES,
    STOPPED,
    address_url,
    list_url,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

NO_MAIL = ListView(
    key="communication.no_mail",
    title=_("Who wants no mail"),
    query=no_mail,
    columns=[
        Col(key="address", title=_("Address"), phone="title"),
        Col(
            key="purpose",
            title=_("For which mail"),
            value=lambda row: row.purpose or ALL_MAIL,
            phone="meta",
        ),
        Col(key="how", title=_("How"), value=lambda row: STOPPED[row.how]),
        Col(key="since", title=_("Since"), kind="datetime"),
    ],
    narrows=[Narrow(key="purpose", title=_("For which mail"), choices=purpose_names)],
    row_url=lambda row: address_url(row.address),
    new="communication.stop_mail_to",
    search_hint=_("Address"),
    empty=Empty(
        _("Everybody may be written to"),
        _("Whoever stops mail, with the link in it or by asking you, stands here."),
        icon="mail-off",
    ),
)


def show(actor: Actor, shown: AddressShown) -> Thing:
    """An address: its lists, what its owner agreed to with the proof, and what they stopped."""
    here = address_url(shown.address)
    given, names = {"address": shown.address}, purpose_names(actor)
    return Thing(
        title=shown.address,
        row=shown.row,
        state=_state(shown),
        note=shown.lost,
        facts=_facts(shown),
        document=_consents(shown.consents, names) if shown.consents else None,
        relations=[
            Relation(
                gettext("Mailing lists"),
                [Related(Link(name, list_url(code)), code) for code, name in shown.lists],
            ),
            *([_stopped(shown, names)] if shown.stopped else []),
        ],
        steps=[
            act_for(
                actor, "communication.stop_mail_to", given, label=_("Stop mail"), icon="ban",
                back=here,
            ),
            *(
                [
                    act_for(
                        actor, "communication.let_mail_go_on", given, label=_("Let mail go on"),
                        icon="mail", back=here,
                    )
                ]
                if shown.stopped
                else []
            ),
        ],
        more=[act_for(actor, "communication.forget_address", given, icon="trash", tone="danger")],
        breadcrumb=[Link(gettext("Mailing lists"), LISTS.url)],
    )  # fmt: skip


def _stopped(shown: AddressShown, names: Mapping[str, str]) -> Relation:
    """Which mail its owner stopped, when and how."""
    here = address_url(shown.address)
    items = [
        Related(
            Link(names.get(each.purpose, each.purpose) or str(ALL_MAIL), here),
            f"{moment(each.since)} · {STOPPED[each.how]}",
        )
        for each in shown.stopped
    ]
    return Relation(gettext("Wants no mail"), items)


def _state(shown: AddressShown) -> Status:
    if shown.lost:
        name = "bounced"
    elif any(not each.purpose for each in shown.stopped):
        name = "unsubscribed"
    else:
        name = "good"
    words, tone = STATES[name]
    return Status(name, str(words), tone)


def _facts(shown: AddressShown) -> list[Fact]:
    found: list[tuple[str, Cell]] = [
        (gettext("Name"), shown.name),
        (gettext("Language"), shown.language),
        (gettext("Relation"), shown.party),
    ]
    return [Fact(label, value) for label, value in found if value]


def _consents(rows: Sequence[ConsentShown], names: Mapping[str, str]) -> Document:
    """The proof of each consent: when, how, where, and the words that were agreed to."""
    return Document(
        columns=[
            Column("purpose", gettext("Agreed to"), phone="title"),
            Column("given_at", gettext("When"), phone="meta"),
            Column("how", gettext("How")),
            Column("source", gettext("Where")),
            Column("text", gettext("Words")),
            Column("withdrawn_at", pgettext("consent", "Taken back")),
        ],
        lines=[
            Row(
                str(place),
                {
                    "purpose": names.get(each.purpose, each.purpose),
                    "given_at": moment(each.given_at),
                    "how": str(HOWS[each.how]),
                    "source": each.source,
                    "text": each.text,
                    "withdrawn_at": moment(each.withdrawn_at) if each.withdrawn_at else "",
                },
            )
            for place, each in enumerate(rows)
        ],
    )


ADDRESS = RecordView(
    key="communication.addresses",
    title=_("Address"),
    kind="communication.subscriber",
    path="<str:address>",
    find=address_kept,
    show=show,
    listed="communication.mailing_lists",
)
