"""Lists: from one declaration a page, its filters and views, its bulk actions and its exports.

invoices = ListView(
    key="finance.invoices",
    title=_("Invoices"),
    query=queries.invoices,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="customer", title=_("Customer"), kind="party", phone="title"),
        Col(key="total_minor", title=_("Total"), kind="money", sort=True, sum=True),
    ],
    narrows=[Narrow(key="date", title=_("Date"), kind="date_range")],
    sort="-number",
    row_url=lambda row: f"/finance/invoices/{row.number}",
    bulk=[Bulk(action="finance.reverse_invoices", parameter="numbers")],
    new="finance.issue_invoice",
    empty=Empty(_("No invoices yet"), _("They come from orders by themselves.")),
)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages import export, saved_views
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk, take_answer
from kantoor.kernel.pages.columns import Col, Value, value_of
from kantoor.kernel.pages.narrowing import Narrow, asked_of, search_name, without_surplus
from kantoor.kernel.pages.references import links
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.paging import LARGEST_PAGE, PAGE, Page
from kantoor.kernel.queries import Query
from kantoor.kernel.ui import listing as ui
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.frame import Register
from kantoor.kernel.ui.listing import Row
from kantoor.kernel.ui.toasts import Toast, say

Acts = Callable[[Actor], Sequence[ui.Act | None]]


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: what will stand here, and what to do first.

    The button is that of `new`, unless `act` gives another.
    """

    title: Any = ""
    text: Any = ""
    icon: str = "inbox"
    act: Callable[[Actor], ui.Act | None] | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a register that is looked at by itself: some parameters of the address, set."""

    title: Any
    asks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ShownList(ui.ListPage):
    """A list page with tabs and its place in the house."""

    tabs: Sequence[Register] = ()
    breadcrumb: Sequence[Link] = ()


@dataclass(frozen=True, kw_only=True)
class ListView(View):
    """A register. `query` is a `@query`; it may take `sort`, `cursor`, `limit` and words to search.

    It gives a `Page` of rows, or all rows where they are few. `fixed` are parameters of the query
    that this list always asks. `row_key` is what bulk actions are told of a row, `kind` what references
    to rows begin with when that is their identifier (`sales.order`), `row_seen` the name of a row as
    it is shown (see `Bulk.as_seen`), `row_url` the
    page it opens (empty: none); `muted` says that a row matters less. `new` is the action of the
    main button, unless `main` makes another.
    """

    query: Callable[..., Any]
    columns: Sequence[Col]
    narrows: Sequence[Narrow] = ()
    sort: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    row_key: Value = "id"
    kind: str = ""
    row_seen: Value = ""
    row_url: Callable[[Any], str] | None = None
    edit_url: Callable[[Any], str] | None = None
    muted: Callable[[Any], bool] | None = None
    tabs: Sequence[Tab] = ()
    bulk: Sequence[Bulk] = ()
    new: str = ""
    new_label: Any = ""
    main: Callable[[Actor], ui.Act | None] | None = None
    more: Acts | None = None
    empty: "Empty | ui.Empty" = field(default_factory=Empty)
    exports: Sequence[str] = ("csv", "xlsx")
    search_hint: Any = ""
    breadcrumb: Sequence[Link] = ()

    # --- what it asks

    @property
    def declared(self) -> Query:
        """The query as it was declared, with its permission and parameters."""
        found: Query = self.query.query  # type: ignore[attr-defined]
        return found

    def shows_to(self, actor: Actor) -> bool:
        """Whether the actor may ask its query."""
        return actor.may(self.permission or self.declared.permission)

    def takes(self, name: str) -> bool:
        """Whether the query has this parameter."""
        return name in self.declared.parameters.__struct_fields__

    def read(self, actor: Actor, address: Address, *, cursor: str, limit: int) -> Page[Any]:
        """One page of what the address asks."""
        asked = {**asked_of(self.declared, self.narrows, actor, address), **self.fixed}
        if self.takes("sort") and (sort := self._sort(address)):
            asked["sort"] = sort
        if self.takes("cursor"):
            asked |= {"cursor": cursor, "limit": limit}
        found = self.query(actor, **asked)
        return found if isinstance(found, Page) else Page(rows=list(found), count=len(found))

    def _sort(self, address: Address) -> str:
        asked = address.get("sort")
        known = {col.key for col in self.columns if col.sort}
        return asked if asked.removeprefix("-") in known else self.sort

    def every_row(self, actor: Actor, address: Address, most: int) -> Iterator[Any]:
        """All rows that the address asks, page after page, as far as `most`."""
        cursor, given = "", 0
        while True:
            page = self.read(actor, address, cursor=cursor, limit=LARGEST_PAGE)
            for row in page.rows:
                yield row
                given += 1
                if given == most:
                    return
            if not (cursor := page.next_cursor):
                return

    # --- the page

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The list as a page, as the part that htmx swaps, or as a file."""
        actor = actor_of(request)
        address = without_surplus(self.declared, self.narrows, Address.of(request))
        wanted = address.get("format")
        if wanted in self.exports:
            return export.respond(self, actor, address.drop(["format", "cursor"]), wanted)
        page = self.page(actor, address)
        # The part alone is enough for a swap, but not when htmx restores a page from history.
        htmx = request.headers
        alone = htmx.get("HX-Target") == "list" and not htmx.get("HX-History-Restore-Request")
        template = "ui/list/body.html" if alone else "ui/list.html"
        return render(
            request, template, {"page": page, "answer": take_answer(request, self.key, self.kind)}
        )

    def page(self, actor: Actor, address: Address) -> ShownList:
        """The values of the page."""
        found = self.read(actor, address, cursor=address.get("cursor"), limit=PAGE)
        by_key = {col.sum_key: col for col in self.columns if col.sum}
        new = self._main(actor)
        return ShownList(
            key=self.key,
            title=force_str(self.title),
            address=address,
            columns=[col.shown(actor) for col in self.columns],
            rows=self._rows(found.rows, actor),
            next_cursor=found.next_cursor,
            count=found.count,
            count_is_floor=found.count_is_floor,
            sums=[
                (by_key[name].key, by_key[name].total(value, actor))
                for name, value in found.sums.items()
                if name in by_key
            ],
            filters=[narrow.shown(actor) for narrow in self.narrows],
            sort=self.sort,
            search=bool(search_name(self.declared)),
            search_hint=force_str(self.search_hint),
            bulk=[shown for bulk in self.bulk if (shown := bulk.shown(actor, self.url))],
            main_action=new,
            more=[act for act in self.more(actor) if act] if self.more else [],
            views=self._views(actor, address),
            save_view_url=f"{self.url}/views",
            exports=self.exports,
            empty=self._empty(actor, new),
            tabs=[self._tab(tab, address) for tab in self.tabs],
            breadcrumb=self.breadcrumb,
        )

    def _rows(self, rows: Sequence[Any], actor: Actor) -> list[Row]:
        named = [col for col in self.columns if col.reference]
        pages = links(actor, {col.raw(row) for col in named for row in rows} - {""})
        return [self._row(row, actor, pages) for row in rows]

    def _row(self, row: Any, actor: Actor, pages: Mapping[str, Link]) -> Row:
        return Row(
            key=force_str(value_of(row, self.row_key)) if self.bulk else "",
            cells={col.key: col.cell(row, actor, pages) for col in self.columns},
            url=self.row_url(row) if self.row_url else "",
            edit_url=self.edit_url(row) if self.edit_url else "",
            muted=self.muted(row) if self.muted else False,
            seen=force_str(value_of(row, self.row_seen)) if self.row_seen else "",
        )

    def _empty(self, actor: Actor, new: ui.Act | None) -> ui.Empty:
        act = self.empty.act(actor) if callable(self.empty.act) else self.empty.act
        return ui.Empty(
            force_str(self.empty.title) or gettext("Nothing here yet"),
            force_str(self.empty.text),
            act or new,
            self.empty.icon,
        )

    def _main(self, actor: Actor) -> ui.Act | None:
        if self.main is not None:
            return self.main(actor)
        if not self.new:
            return None
        return act_for(actor, self.new, label=self.new_label, key="n", icon="plus", back=self.url)

    def _tab(self, tab: Tab, address: Address) -> Register:
        names = {name for each in self.tabs for name in each.asks}
        now = {name: address.get(name) for name in names if address.get(name)}
        to = address.first_page.drop(names)
        for name, value in tab.asks.items():
            to = to.put(name, value)
        return Register(force_str(tab.title), str(to), active=now == dict(tab.asks))

    # --- saved views

    def _views(self, actor: Actor, address: Address) -> list[ui.SavedView]:
        kept = saved_views.saved_views(actor, register=self.key)
        now = address.first_page.pairs
        found = [
            ui.SavedView(
                view.name,
                f"{self.url}?{view.address}",
                tuple(parse_qsl(view.address)) == now,
                f"{self.url}/views/{view.pk}/forget",
            )
            for view in kept
        ]
        whole = ui.SavedView(gettext("Everything"), self.url, not now)
        return [whole, *found] if found else []

    def save_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the view that was looked at."""
        query = request.POST.get("address", "").partition("?")[2]
        # Read and written again, so that nothing but an address can be kept.
        address = urlencode(
            Address(self.url, tuple(parse_qsl(query))).drop(["cursor", "format"]).pairs
        )
        back = f"{self.url}?{address}" if address else self.url
        name = request.POST.get("title", "")
        try:
            saved_views.save_view(actor_of(request), register=self.key, name=name, address=address)
        except DomainError as refusal:
            say(request, Toast(force_str(refusal.message), "bad"))
        else:
            say(request, Toast(gettext("View “%(name)s” is kept.") % {"name": name.strip()}))
        return HttpResponseRedirect(back)

    def forget_view(self, request: HttpRequest, view_id: int) -> HttpResponse:
        """Forget a view."""
        saved_views.delete_view(actor_of(request), view_id=view_id)
        say(request, Toast(gettext("The view is forgotten.")))
        return HttpResponseRedirect(self.url)

    def routes(self) -> list[URLPattern]:
        """The list, its saved views and its bulk actions."""
        shown = vary_on_headers("HX-Request", "HX-Target")(self.respond)
        return [
            self.route("", shown),
            self.route("views", require_POST(self.save_view)),
            self.route("views/<int:view_id>/forget", require_POST(self.forget_view)),
            *(self.route(f"bulk/{each.slug}", each.responder(self)) for each in self.bulk),
        ]
