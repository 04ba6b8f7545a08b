"""The register of fixed assets and the categories, as pages."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.assets.card import asset_numbers
from kantoor.departments.finance.queries.assets.lines import lines_to_register
from kantoor.departments.finance.queries.assets.register import (
    asset_categories,
    assets,
)
from kantoor.departments.finance.web.figures import account_url, entry_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Link

STATES: States = {
    "waiting": (_("Not in use yet"), "wait"),
    "in_use": (_("In use"), "good"),
    "depreciated": (_("Depreciated"), "quiet"),
    "disposed": (_("Disposed of"), "quiet"),
}
METHODS = {
    "straight": _("Straight line"),
    "declining": _("Declining balance"),
    "units": _("Units of production"),
    "none": _("None"),
}


def asset_url(number: str) -> str:
    """The page of an asset."""
    return f"/finance/assets/{quote(number)}"


def categories_by_code(actor: Actor) -> dict[str, str]:
    """The categories to choose from."""
    return {each.code: each.name for each in asset_categories(actor) if each.active}


ASSETS = ListView(
    key="finance.assets",
    title=_("Fixed assets"),
    query=assets,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="category", title=_("Category"), value="category_name"),
        Col(key="location", title=_("Location"), default=False),
        Col(key="serial", title=_("Serial number"), default=False),
        Col(key="acquired_on", title=_("Acquired"), kind="date", sort=True, phone="meta"),
        Col(key="in_use_from", title=_("In use from"), kind="date", default=False),
        Col(key="until", title=_("Depreciated through"), kind="date", default=False),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="cost", title=_("Cost"), kind="money", sort=True, sum=True),
        Col(key="accumulated", title=_("Depreciation"), kind="money", sum=True),
        Col(
            key="book_value",
            title=_("Book value"),
            kind="money",
            sort=True,
            sum=True,
            phone="figure",
        ),
    ],
    narrows=[
        Narrow(key="category", title=_("Category"), choices=categories_by_code),
        Narrow(key="acquired", title=_("Acquired"), kind="date_range", to=("start", "end")),
        Narrow(key="location", title=_("Location"), kind="text"),
    ],
    tabs=[
        Tab(_("In the books")),
        Tab(_("In use"), {"state": "in_use"}),
        Tab(_("Depreciated"), {"state": "depreciated"}),
        Tab(_("Disposed of"), {"state": "disposed"}),
    ],
    sort="number",
    row_key="number",
    row_url=lambda row: asset_url(row.number),
    muted=lambda row: row.state == "disposed",
    bulk=[Bulk(action="finance.scrap_assets", parameter="assets", icon="trash")],
    new="finance.register_asset",
    search_hint=_("Number, name or serial number"),
    empty=Empty(
        _("No fixed assets yet"),
        _("Register what the company uses for longer than a year: a van, a machine, a website."),
        icon="truck",
    ),
)
TO_REGISTER = ListView(
    key="finance.assets_to_register",
    title=_("Lines to register"),
    query=lines_to_register,
    columns=[
        Col(key="date", title=_("Date"), kind="date", phone="meta"),
        Col(
            key="entry",
            title=_("Entry"),
            kind="link",
            url=lambda row: entry_url(row.entry),
            phone="meta",
        ),
        Col(key="text", title=_("Description"), phone="title"),
        Col(
            key="account",
            title=_("Account"),
            kind="link",
            url=lambda row: account_url(row.account),
        ),
        Col(key="amount", title=_("Amount"), kind="money", default=False),
        Col(key="left", title=_("To register"), kind="money", phone="figure"),
    ],
    row_key="entry",
    row_url=lambda row: url_of_action(
        "finance.register_asset",
        {
            "entry": row.entry,
            "line": row.line,
            "name": row.text,
            "cost": row.left,
            "category": row.category,
            "supplier": row.party or None,
            "acquired_on": row.date,
            "in_use_from": row.date,
        },
    ),
    empty=Empty(
        _("Nothing waits to be registered"),
        _("What is booked on the account of a category of assets stands here until it is one."),
        icon="check",
    ),
    in_menu=False,
)


def _account(key: str, title: object) -> Col:
    """A column with an account that opens."""
    return Col(key=key, title=title, kind="link", url=lambda row: account_url(getattr(row, key)))


CATEGORIES = ListView(
    key="finance.asset_categories",
    title=_("Asset categories"),
    query=asset_categories,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="method", title=_("Method"), value=lambda row: METHODS[row.method]),
        Col(key="life_months", title=_("Life in months"), kind="number"),
        _account("cost_account", _("Cost")),
        _account("accumulated_account", _("Depreciation")),
        _account("expense_account", _("Expense")),
    ],
    row_url=lambda row: f"/finance/assets?category={quote(row.code)}",
    muted=lambda row: not row.active,
    new="finance.add_asset_category",
    empty=Empty(
        _("No categories yet"),
        _("A category says on which accounts its assets are booked, and how long they last."),
        icon="tags",
    ),
    in_menu=False,
)


@page_of("finance.asset", title=_("Fixed asset"))
def asset_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of assets by their keys."""
    if not actor.may("finance.read_assets"):
        return {}
    found = asset_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, asset_url(number)) for key, number in found.items()}


@searcher("finance.asset", title=_("Fixed assets"), permission="finance.read_assets", icon="truck")
def find_assets(actor: Actor, words: str, most: int) -> list[Found]:
    """Assets by number, or a part of their name or serial number."""
    rows = assets(actor, search=words.strip(), limit=most).rows
    return [
        Found(f"{row.number} {row.name}", asset_url(row.number), row.category_name) for row in rows
    ]
