"""VAT returns as pages: the register, one as its form looks, and the facts behind its figures."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.vat.fact_list import FactRow, vat_facts
from kantoor.departments.finance.queries.vat.keys import vat_return_codes, vat_return_key
from kantoor.departments.finance.queries.vat.register import VatReturnRow, vat_returns
from kantoor.departments.finance.queries.vat.returns import BoxRow, VatReturnCard, vat_return
from kantoor.departments.finance.reference.vat.packs import pack_of
from kantoor.departments.finance.web.figures import entry_url, invoice_url, money, money_alone
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.formats import amount, day
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total

STATES: States = {
    "running": (_("Running"), "quiet"),
    "open": (_("Open"), "info"),
    "to_file": (_("To file"), "info"),
    "late": (_("Late"), "bad"),
    "filed": (_("Filed"), "good"),
    "supplement": (_("Supplement filed"), "good"),
}
RETURNS_URL = "/finance/vat-returns"
FACTS_URL = "/finance/vat-facts"


def return_url(period: str) -> str:
    """The page of a return or supplement."""
    return f"{RETURNS_URL}/{quote(period)}"


def facts_url(period: str, box: str) -> str:
    """The facts behind a box."""
    return f"{FACTS_URL}?{urlencode({'period': period, 'box': box})}"


VAT_RETURNS = ListView(
    key="finance.vat_returns",
    title=_("VAT returns"),
    query=vat_returns,
    columns=[
        Col(key="period", title=_("Period"), phone="title"),
        Col(key="state", title=_("State"), kind="status", states=STATES, phone="meta"),
        Col(key="due_on", title=_("File by"), kind="date", phone="meta"),
        Col(key="filed_on", title=_("Filed on"), kind="date"),
        Col(key="payable", title=_("To pay"), kind="money", phone="figure"),
        Col(key="reference", title=_("Payment reference"), default=False),
        Col(
            key="entry",
            title=_("Booked as"),
            kind="link",
            value=lambda row: row.entry or None,
            url=lambda row: entry_url(row.entry),
        ),
    ],
    row_key="period",
    row_url=lambda row: return_url(row.period),
    muted=lambda row: row.state == "running",
    main=lambda actor: _file_next(actor),
    more=lambda actor: [
        act_for(actor, "finance.file_vat_supplement", label=_("File a supplement")),
        act_for(actor, "finance.set_vat_regime", label=_("How we file")),
    ],
    empty=Empty(_("No VAT returns yet"), _("They follow from invoices, purchases and entries.")),
)


def _file_next(actor: Actor) -> Act | None:
    """The button for the earliest return that is over and not filed."""
    waiting = [row for row in vat_returns(actor) if row.state in ("to_file", "late")]
    return _file_act(actor, waiting[-1]) if waiting else None


def _file_act(actor: Actor, row: VatReturnRow | VatReturnCard) -> Act | None:
    label = gettext("File %(period)s") % {"period": row.period}
    return act_for(
        actor,
        "finance.file_vat_return",
        label=label,
        key="f",
        icon="send",
        hint=_("Freezes the figures and books what is owed; a second person approves it."),
        period=row.period,
        payable=row.payable,
        back=return_url(row.period),
    )


def show(actor: Actor, card: VatReturnCard) -> Thing:
    """A return with its boxes in the order of the form; each figure opens its facts."""
    word, tone = STATES[card.state]
    steps: list[Act | None] = []
    if card.state == "open":
        steps.append(_file_act(actor, card) if card.carried else _supplement_act(actor, card))
    return Thing(
        title=card.period,
        row=vat_return_key(actor.company_id, card.period),
        state=Status(card.state, str(word), tone),
        note=_note(card),
        facts=_facts(card),
        document=_form(actor, card),
        relations=_relations(actor, card),
        steps=steps,
        breadcrumb=[Link(gettext("VAT returns"), RETURNS_URL)],
    )


def _supplement_act(actor: Actor, card: VatReturnCard) -> Act | None:
    return act_for(
        actor,
        "finance.file_vat_supplement",
        label=_("File a supplement"),
        key="f",
        icon="send",
        hint=_("For what was posted later in periods that were filed."),
        payable=card.correction,
        back=RETURNS_URL,
    )


def _note(card: VatReturnCard) -> str:
    places = exponent(card.currency)
    if not card.corrections or card.state != "open":
        return ""
    said = {"tax": amount(card.correction, places), "limit": amount(card.limit, places)}
    if card.carried:
        return gettext("With %(tax)s of corrections of earlier periods.") % said
    return (
        gettext(
            "Corrections of earlier periods come to %(tax)s, more than %(limit)s: they need a"
            " supplement before this is filed."
        )
        % said
    )


def _facts(card: VatReturnCard) -> list[Fact]:
    found: list[tuple[str, Cell]] = [
        (gettext("First day"), card.starts_on),
        (gettext("Last day"), card.ends_on),
        (gettext("File by"), card.due_on if card.state == "open" else None),
        (gettext("Filed on"), card.filed_on),
        (gettext("Payment reference"), _in_fours(card.reference)),
    ]
    return [Fact(label, value) for label, value in found if value]


def _in_fours(reference: str) -> str:
    return " ".join(reference[n : n + 4] for n in range(0, len(reference), 4))


def _form(actor: Actor, card: VatReturnCard) -> Document:
    pack = pack_of(card.country)
    assert pack is not None
    lines: list[Row] = []
    section = ""
    for box in card.boxes:
        if box.section != section:
            section = box.section
            title = pack.sections[section].in_language(actor.language)
            lines.append(Row(f"s{section}", {"box": section, "name": title}, muted=True))
        lines.append(Row(box.box, _box(actor, card, box)))
    owed = gettext("To pay") if card.payable >= 0 else gettext("To get back")
    return Document(
        columns=[
            Column("box", gettext("Box"), phone="meta"),
            Column("name", gettext("What it is for"), phone="title"),
            Column("base", gettext("Turnover"), "money", currency=card.currency, phone="figure"),
            Column("tax", gettext("VAT"), "money", currency=card.currency, phone="figure"),
        ],
        lines=lines,
        totals=[
            Total(gettext("Rounded off in our favour"), money(actor, card.rounding)),
            Total(owed, money_alone(actor, abs(card.payable)), strong=True),
        ],
    )


def _box(actor: Actor, card: VatReturnCard, box: BoxRow) -> dict[str, Cell]:
    url = facts_url(card.period, box.box)
    made_of_facts = box.exact_base is not None or box.exact_tax is not None

    def figure(minor: int | None) -> Money | None:
        if not minor:
            return None
        return money(actor, minor, url if made_of_facts else "")

    return {
        "box": box.box,
        "name": box.name,
        "base": figure(box.base),
        "tax": figure(box.tax) if box.exact_tax is not None or not made_of_facts else None,
    }


def _relations(actor: Actor, card: VatReturnCard) -> list[Relation]:
    found: list[Relation] = []
    if card.entry and actor.may("finance.read_ledger"):
        booked = Related(Link(card.entry, entry_url(card.entry)))
        found.append(Relation(gettext("Booked as"), [booked]))
    if card.corrections:
        rows = [
            Related(
                Link(f"{each.period} · {each.box}", return_url(each.period)),
                each.name,
                money(actor, each.tax or each.base),
            )
            for each in card.corrections
        ]
        found.append(Relation(gettext("Corrections of earlier periods"), rows))
    if card.state != "supplement":
        to = f"/finance/vat-reconciliation?from={card.starts_on}&to={card.ends_on}"
        words = gettext("%(first)s to %(last)s") % {
            "first": day(card.starts_on), "last": day(card.ends_on),
        }  # fmt: skip
        link = Related(Link(gettext("Reconciliation with the ledger"), to), words)
        found.append(Relation(gettext("Proof"), [link]))
    return found


VAT_RETURN = RecordView(
    key="finance.vat_returns",
    title=_("VAT return"),
    kind="finance.vat_return",
    path="<path:period>",
    find=vat_return,
    show=show,
)


@page_of("finance.vat_return", title=_("VAT return"))
def vat_return_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of filed returns by their keys."""
    if not actor.may("finance.read_vat"):
        return {}
    found = vat_return_codes(actor, [int(key) for key in keys if key.isdigit()])
    return {str(key): Link(code, _page(chain, code)) for key, (chain, code) in found.items()}


def _page(chain: str, code: str) -> str:
    if chain == "vat":
        return return_url(code)
    return f"/finance/{'icp-listing' if chain == 'icp' else 'oss-return'}?{urlencode({'period': code})}"


def _document_url(row: FactRow) -> str:
    return invoice_url(row.document) if row.kind == "invoice" else entry_url(row.entry)


VAT_FACTS = ListView(
    key="finance.vat_facts",
    title=_("Facts of tax"),
    query=vat_facts,
    columns=[
        Col(key="date", title=_("Date"), kind="date", phone="meta"),
        Col(
            key="document",
            title=_("Document"),
            kind="link",
            value=lambda row: Link(row.document, _document_url(row)),
            phone="title",
        ),
        Col(
            key="party",
            title=_("Relation"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
        ),
        Col(key="code", title=_("Tax code"), phone="meta"),
        Col(key="base", title=_("Base"), kind="money"),
        Col(key="tax", title=_("VAT"), kind="money", phone="figure"),
        Col(
            key="deductible",
            title=_("Input VAT"),
            kind="money",
            value=lambda row: row.deductible or None,
        ),
        Col(
            key="correction",
            title=_("Correction"),
            value=lambda row: gettext("Correction") if row.correction else "",
            default=False,
        ),
    ],
    narrows=[
        Narrow(key="period", title=_("Period"), kind="text", hint=_("Such as 2024-Q1 or 2024-03.")),
        Narrow(key="box", title=_("Box"), kind="text", hint=_("Such as 1a.")),
    ],
    row_key="document",
    row_url=_document_url,
    breadcrumb=[Link(_("VAT returns"), RETURNS_URL)],  # type: ignore[arg-type]
    empty=Empty(_("Nothing in this period"), _("Choose another period.")),
)
