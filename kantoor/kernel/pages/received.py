"""Mail that came in as pages, whichever department's it is: the register, and one message."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.received import CameIn
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.mailboxes import KINDS, status_of
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, FileItem


def message_url(department: str, key: int) -> str:
    """The page of a message that came in for a department."""
    return f"/{department}/mail/{key}"


def received_list(
    department: str,
    query: Callable[..., Any],
    *,
    belongs_to: Col,
    states: States,
    bulk: Sequence[Bulk],
    empty: Any,
    narrows: Sequence[Narrow] = (),
    sort: str = "",
) -> ListView:
    """The register. `belongs_to` is the column of what a message was put with.

    `empty` says what will stand here; with `sort` it can be turned round by when mail came in.
    """
    return ListView(
        key=f"{department}.mail",
        title=_("Mail that came in"),
        query=query,
        columns=[
            Col(
                key="received_at",
                title=_("Came in"),
                kind="datetime",
                sort=bool(sort),
                phone="meta",
            ),
            Col(key="sender", title=_("From"), value=lambda row: row.sender_name or row.sender),
            Col(
                key="subject",
                title=_("Subject"),
                kind="link",
                value=lambda row: row.subject or row.sender,
                url=lambda row: message_url(department, row.id),
                phone="title",
            ),
            Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind]),
            belongs_to,
            Col(key="state", title=_("State"), kind="status", states=states, phone="figure"),
        ],
        narrows=narrows,
        tabs=[Tab(_("Held"), {"state": "held"}), Tab(_("All"))],
        sort=sort,
        row_url=lambda row: message_url(department, row.id),
        muted=lambda row: row.state == "ignored",
        bulk=bulk,
        search_hint=_("Words of the subject, or the sender"),
        empty=Empty(_("No mail here"), empty, icon="mail"),
    )


def message_view(
    department: str, find: Callable[..., Any], show: Callable[[Actor, Any], Thing]
) -> RecordView:
    """The page of a message, which the department shows in a template of its own."""
    return RecordView(
        key=f"{department}.mail",
        title=_("Message"),
        kind="kernel.mailin",
        path="<int:id>",
        find=find,
        show=show,
        template=f"{department}/message.html",
    )


def facts_of(
    row: CameIn, why: str, belongs_to: tuple[str, Cell], to: Sequence[str] = ()
) -> list[Fact]:
    """Who wrote a message to whom and when, why it is where it is, and what it belongs to."""
    sender = f"{row.sender_name} <{row.sender}>" if row.sender_name else row.sender
    found: list[tuple[str, Cell]] = [
        (gettext("From"), sender),
        (gettext("To"), ", ".join(to[:5])),
        (gettext("Came in"), row.received_at),
        (gettext("Kind"), force_str(KINDS[row.kind])),
        (gettext("Because of"), why),
        belongs_to,
    ]
    return [Fact(label, value) for label, value in found if value]


def thing_of(
    department: str,
    row: CameIn,
    *,
    states: States,
    held_for: Mapping[str, Any],
    facts: Sequence[Fact],
    steps: Sequence[Act | None],
    body: Mapping[str, Any],
    files: Sequence[FileItem] = (),
) -> Thing:
    """The page of a message, in the department's words for where it is and why it is held."""
    return Thing(
        title=row.subject or gettext("Mail without a subject"),
        row=row.id,
        state=status_of(states, row.state),
        since=row.received_at,
        note=held_for.get(row.held_for, "") if row.state == "held" else "",
        facts=facts,
        steps=steps,
        files=files,
        breadcrumb=[Link(gettext("Mail that came in"), f"/{department}/mail")],
        body=body,
    )


def steps_of(
    actor: Actor, department: str, row: CameIn, ways: Sequence[Act | None]
) -> list[Act | None]:
    """What can be done with a message: the department's ways, while it is held or after it was
    left; and leaving it, while it is held.
    """
    if row.state == "ignored":
        return list(ways)
    if row.state != "held":
        return []
    leave = act_for(
        actor, f"{department}.ignore_mail", {"mail": row.id}, label=_("Leave it"), icon="eye-off",
        at_once=True, back=message_url(department, row.id),
    )  # fmt: skip
    return [*ways, leave]
