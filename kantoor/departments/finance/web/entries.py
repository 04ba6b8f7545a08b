"""Entries as pages: the register, one entry as a journal shows it, and the form that posts one."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import journals
from kantoor.departments.finance.queries.entries import (
    EntryCard,
    EntryLine,
    EntryRow,
    entries,
    entry,
)
from kantoor.departments.finance.queries.entry_numbers import entry_keys, entry_numbers
from kantoor.departments.finance.queries.ownership import own_entries
from kantoor.departments.finance.web.figures import (
    account_url,
    entry_url,
    money,
    period_url,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import links, page_of, title_of_kind
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Party, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total

STATES: States = {
    "posted": (_("Posted"), "good"),
    "reversed": (_("Reversed"), "quiet"),
    "reversal": (_("Reversal"), "info"),
}


def state_of(row: EntryRow) -> str:
    """Whether it stands, was reversed, or is itself a reversal."""
    return "reversed" if row.reversed_by else "reversal" if row.reverses else "posted"


def journal_names(actor: Actor) -> dict[str, str]:
    """The journals by code."""
    return {each.code: f"{each.code} {each.name}" for each in journals(actor)}


ENTRIES = ListView(
    key="finance.entries",
    title=_("Entries"),
    query=entries,
    columns=[
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="text", title=_("Description"), phone="title"),
        Col(key="reference", title=_("Reference")),
        Col(key="journal", title=_("Journal"), default=False),
        Col(key="lines", title=_("Lines"), kind="number", default=False),
        Col(key="state", title=_("State"), kind="status", value=state_of, states=STATES),
        Col(key="debit", title=_("Amount"), kind="money", phone="figure"),
    ],
    narrows=[
        Narrow(key="date", title=_("Period"), kind="date_range", to=("start", "end")),
        Narrow(key="journal", title=_("Journal"), choices=journal_names),
        Narrow(key="account", title=_("Account"), kind="text", hint=_("The code, such as 1300.")),
        Narrow(key="party", title=_("Relation"), kind="text", hint=_("The code of the customer.")),
        Narrow(key="reference", title=_("Reference"), kind="text"),
    ],
    sort="-date",
    row_key="number",
    row_url=lambda row: entry_url(row.number),
    bulk=[Bulk(action="finance.reverse_entries", parameter="entries", icon="arrow-back-up")],
    new="finance.post_entry",
    search_hint=_("Words of the description"),
    empty=Empty(
        _("Nothing is booked yet"),
        _("Invoices book themselves; what else happens you post as an entry."),
        icon="book",
    ),
)


def show(actor: Actor, card: EntryCard) -> Thing:
    """An entry as a page of a journal, with what it comes from and what came of it."""
    row = card.entry
    state = state_of(row)
    word, tone = STATES[state]
    names = journal_names(actor)
    return Thing(
        title=row.number,
        row=entry_keys(actor.company_id, [row.number]).get(row.number),
        state=Status(state, str(word), tone),
        facts=_facts(card, names),
        document=_paper(actor, card),
        relations=_relations(actor, row),
        steps=[reverse_step(actor, row)],
        blocked=_blocked(row),
        breadcrumb=[Link(gettext("Entries"), ENTRIES.url)],
    )


def _facts(card: EntryCard, names: Mapping[str, str]) -> list[Fact]:
    row = card.entry
    found: list[tuple[str, Cell]] = [
        (gettext("Date"), row.date),
        (
            gettext("Journal"),
            Link(names.get(row.journal, row.journal), f"{ENTRIES.url}?journal={row.journal}"),
        ),
        (gettext("Period"), Link(card.period, period_url(card.period))),
        (gettext("Reference"), row.reference),
        (gettext("Description"), row.text),
    ]
    return [Fact(label, value) for label, value in found if value]


def _paper(actor: Actor, card: EntryCard) -> Document:
    foreign = any(line.currency != card.currency for line in card.lines)
    columns = [
        Column("account", gettext("Account"), "link", phone="title"),
        Column("text", gettext("Description"), phone="meta"),
        Column("party", gettext("Relation"), "party", phone="meta"),
        *([Column("said", gettext("On the document"), align="end")] if foreign else []),
        Column("debit", gettext("Debit"), "money", currency=card.currency),
        Column("credit", gettext("Credit"), "money", currency=card.currency),
    ]
    if not any(line.party for line in card.lines):
        columns = [column for column in columns if column.key != "party"]
    debit = sum(line.debit for line in card.lines)
    credit = sum(line.credit for line in card.lines)
    return Document(
        columns=columns,
        lines=[_line(actor, number, line) for number, line in enumerate(card.lines)],
        totals=[
            Total(gettext("Debit"), money(actor, debit)),
            Total(gettext("Credit"), money(actor, credit), strong=True),
        ],
    )


def _line(actor: Actor, number: int, line: EntryLine) -> Row:
    labels = ", ".join(f"{code} {value}" for code, value in line.dimensions.items())
    cells: dict[str, Cell] = {
        "account": Link(f"{line.account} {line.account_name}", account_url(line.account)),
        "text": " · ".join(part for part in (line.text, labels) if part),
        "party": Party(line.party_name, party_url(line.party)) if line.party else None,
        "debit": money(actor, line.debit) if line.debit else None,
        "credit": money(actor, line.credit) if line.credit else None,
    }
    if line.currency != actor.currency:
        cells["said"] = f"{line.currency} {line.currency_amount}"
    return Row(str(number), cells)


def _relations(actor: Actor, row: EntryRow) -> list[Relation]:
    found: list[Relation] = []
    if row.origin and (page := links(actor, [row.origin]).get(row.origin)):
        kind = title_of_kind(row.origin.partition("/")[0])
        found.append(Relation(gettext("Comes from"), [Related(page, kind)]))
    if row.reverses:
        undone = Related(Link(row.reverses, entry_url(row.reverses)))
        found.append(Relation(gettext("Reverses"), [undone]))
    if row.reversed_by:
        by = Related(Link(row.reversed_by, entry_url(row.reversed_by)))
        found.append(Relation(gettext("Reversed by"), [by]))
    return found


def reverse_step(actor: Actor, row: EntryRow) -> Act | None:
    """The button that reverses an entry, where one may and can."""
    if row.reversed_by or row.reverses or row.origin.startswith("finance.invoice/"):
        return None
    return act_for(
        actor,
        "finance.reverse_entry",
        label=_("Reverse"),
        key="r",
        icon="arrow-back-up",
        hint=_("Posts the opposite lines; both stay in the books."),
        entry=row.number,
    )


def _blocked(row: EntryRow) -> str:
    if row.origin.startswith("finance.invoice/") and not row.reversed_by:
        return gettext("An invoice made this entry: credit the invoice instead.")
    return ""


ENTRY = RecordView(
    key="finance.entries",
    title=_("Entry"),
    kind="finance.entry",
    path="<path:number>",
    find=entry,
    show=show,
)


@page_of("finance.entry", title=_("Entry"))
def entry_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of entries by their keys."""
    mine = own_entries(actor, keys=[int(key) for key in keys if key.isdigit()])
    numbers = entry_numbers(mine)
    return {str(key): Link(number, entry_url(number)) for key, number in numbers.items()}


@searcher("finance.entry", title=_("Entries"), permission="finance.read_ledger", icon="book")
def find_entries(actor: Actor, words: str, most: int) -> list[Found]:
    """An entry by its number, or by the reference of its document."""
    number = words.strip().upper()
    if number in entry_keys(actor.company_id, [number]):
        return [Found(number, entry_url(number))]
    page = entries(actor, reference=words.strip(), limit=most)
    return [Found(row.number, entry_url(row.number), row.text) for row in page.rows]
