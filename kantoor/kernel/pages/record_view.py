"""Records: a page for one thing, with its next steps, its causes and its history beside it.

    invoice = RecordView(
        key="finance.invoices",
        title=_("Invoice"),
        kind="finance.invoice",
        path="<str:number>",
        find=queries.invoice,                   # find(actor, number="2011-04286")
        show=lambda actor, invoice: Thing(
            title=invoice.number,
            row=invoice.id,
            state=Status("open", _("Open"), "info"),
            document=paper_of(invoice),
            steps=[act_for(actor, "finance.reverse_invoice", number=invoice.number)],
        ),
    )

Its `find` is a query, so that what one may not see is not found. A department that draws its
record itself names a template that extends `ui/record.html`, and gives it `body`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import acts
from kantoor.kernel.pages.desk import desk_named
from kantoor.kernel.pages.offers import offered
from kantoor.kernel.pages.past import causes_of, history_of_record
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.queries import Query
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Document, Fact, FileItem, RecordPage, Relation, State


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What a record page shows of one thing; `row` is its row's identifier, for its past.

    `steps` are the next steps, the first of which also stands on top when there is no
    `main_action`; those that are None the actor may not do. `blocked` says why nothing can be
    done. `offers` is false where what others offer to do about such things has no use.
    """

    title: str
    state: Status
    row: int | None = None
    since: datetime | None = None
    note: Any = ""
    blocked: Any = ""
    facts: Sequence[Fact] = ()
    document: Document | None = None
    relations: Sequence[Relation] = ()
    files: Sequence[FileItem] = ()
    main_action: Act | None = None
    steps: Sequence[Act | None] = ()
    more: Sequence[Act | None] = ()
    breadcrumb: Sequence[Link] = ()
    attach: Act | None = None
    offers: bool = True
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RecordView(View):
    """The page of one thing. `kind` is what references to it begin with (`finance.invoice`).

    `key` and `path` make its address: `finance.invoices` with `<str:number>` is
    /finance/invoices/2011-004. `listed` is the key of the list it stands in, for the way back;
    its own key unless given.
    """

    kind: str
    path: str
    find: Callable[..., Any]
    show: Callable[[Actor, Any], Thing]
    template: str = "ui/record.html"
    in_menu: bool = False
    listed: str = ""

    def shows_to(self, actor: Actor) -> bool:
        """Whether the actor may ask its query."""
        declared: Query = self.find.query  # type: ignore[attr-defined]
        return actor.may(self.permission or declared.permission)

    def address(self, value: object) -> str:
        """The address of one of them, by the part that the path takes."""
        return f"{self.url}/{quote(str(value), safe='/')}"

    def respond(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The page of the thing that the address names."""
        actor = actor_of(request)
        thing = self.show(actor, self.find(actor, **parts))
        page = self.page(actor, thing)
        return render(request, self.template, {"page": page, **thing.body})

    def page(self, actor: Actor, thing: Thing) -> RecordPage:
        """The values of the page."""
        reference = f"{self.kind}/{thing.row}" if thing.row is not None else ""
        history, proof = history_of_record(actor, self.kind, thing.row)
        return RecordPage(
            kind=force_str(self.title),
            title=thing.title,
            state=State(
                thing.state,
                thing.since,
                force_str(thing.note),
                [*acts(*thing.steps), *offered(actor, reference if thing.offers else "")],
                force_str(thing.blocked),
            ),
            breadcrumb=thing.breadcrumb or self._breadcrumb(actor),
            main_action=thing.main_action,
            more=acts(*thing.more),
            facts=thing.facts,
            document=thing.document,
            relations=thing.relations,
            files=thing.files,
            attach=thing.attach,
            causes=causes_of(actor, reference),
            history=history,
            proof=Link(gettext("Proof from the record"), proof) if proof else None,
        )

    def _breadcrumb(self, actor: Actor) -> list[Link]:
        desk = desk_named(self.desk)
        if desk is None:
            return []
        wanted = self.listed or self.key
        listed = [v for v in desk.open_views(actor) if v.key == wanted and v.in_menu]
        trail = [(desk.known.title, desk.url), *((view.title, view.url) for view in listed)]
        return [Link(force_str(title), url) for title, url in trail]

    def routes(self) -> list[URLPattern]:
        """The one address, with the part that names the thing."""
        return [self.route(self.path, self.respond)]
