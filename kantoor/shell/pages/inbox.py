"""The inbox: what waits for one in all departments, as one list that is merged page by page."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import InboxCount, InboxRow, asked_once, inbox, inbox_counts, sources
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, ShownList
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.frame import Register


@dataclass(frozen=True, kw_only=True)
class InboxView(ListView):
    """A list whose tabs are the kinds of work that wait, with how many of each."""

    def page(self, actor: Actor, address: Address) -> ShownList:
        """The values of the page, with its tabs and its count."""
        with asked_once():
            # Counted first: what has nothing is not asked for its rows.
            counts = inbox_counts(actor)
            shown = super().page(actor, address)
        kind = address.get("kind")
        mine = [each for each in counts if not kind or each.kind == kind]
        counted = not address.get("late") and not address.get("cursor")
        return replace(
            shown,
            tabs=_tabs(address, counts),
            count=sum(each.count for each in mine) if counted else None,
            count_is_floor=counted and any(each.more for each in mine),
        )


def _tabs(address: Address, counts: list[InboxCount]) -> list[Register]:
    kind, late = address.get("kind"), address.get("late") == "true"
    plain = address.first_page.drop(["kind", "late"])
    total, more = sum(each.count for each in counts), any(each.more for each in counts)
    tabs = [
        Register(_counted(gettext("All"), total, more), str(plain), not kind and not late),
        Register(gettext("Late"), str(plain.put("late", "true")), late),
    ]
    return tabs + [
        Register(
            _counted(each.title, each.count, each.more), str(plain.put("kind", each.kind)),
            each.kind == kind and not late,
        )
        for each in counts
    ]  # fmt: skip


def _counted(title: str, count: int, more: bool) -> str:
    return f"{title} ({number(count)}{'+' if more else ''})" if count else title


def _state(row: InboxRow) -> str:
    return "late" if row.late else ""


INBOX = InboxView(
    key="today.inbox",
    title=_("Inbox"),
    query=inbox,
    columns=[
        Col(key="title", title=_("What"), phone="title"),
        Col(key="kind_title", title=_("Kind"), phone="meta"),
        Col(key="detail", title=_("From whom, or about what"), phone="meta"),
        Col(key="since", title=_("Waits since"), kind="datetime", phone="hidden"),
        Col(key="due", title=_("Due"), kind="datetime", phone="figure"),
        Col(
            key="state",
            title=_("State"),
            kind="status",
            value=_state,
            states={"late": (_("Late"), "bad"), "": (_("In time"), "quiet")},
        ),
    ],
    narrows=[
        Narrow(
            key="kind",
            title=_("Kind"),
            choices=lambda actor: {each.name: each.title for each in sources(actor)},
        ),
        Narrow(key="late", title=_("Late"), kind="boolean"),
    ],
    row_url=lambda row: row.url,
    empty=Empty(
        _("Nothing waits for you"),
        _("Tasks, requests, approvals and cases of all departments come here by themselves."),
        icon="inbox",
    ),
)
