"""A fixed asset as a page: what it cost and stands for, its past, and the years to come."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.assets.card import AssetCard, AssetStep, asset
from kantoor.departments.finance.web.assets.register import (
    ASSETS,
    METHODS,
    STATES,
    asset_url,
)
from kantoor.departments.finance.web.figures import entry_url, money, money_alone
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import links, title_of_kind
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total

KINDS = {
    "acquisition": _("Acquired"),
    "depreciation": _("Depreciation"),
    "impairment": _("Impairment"),
    "revaluation": _("Revaluation"),
    "disposal": _("Disposal"),
    "estimated": _("Estimated anew"),
    "used": _("Put into use"),
    "undone": _("Taken back"),
}
CONVENTIONS = {
    "month": _("by month"),
    "day": _("by day"),
    "full_year": _("the first year in whole"),
    "half_year": _("the first year by half"),
}


def show(actor: Actor, card: AssetCard) -> Thing:
    """An asset: its movements, what is to come, and what can be done with it."""
    row = card.asset
    word, tone = STATES[row.state]
    return Thing(
        title=f"{row.number} {row.name}",
        row=card.id,
        state=Status(row.state, str(word), tone),
        note=card.warning,
        facts=_facts(actor, card),
        document=_past(actor, card),
        relations=_relations(actor, card),
        steps=_steps(actor, card),
        more=[
            act_for(
                actor,
                "finance.describe_asset",
                icon="pencil",
                values={
                    "asset": row.number,
                    "name": row.name,
                    "serial": row.serial,
                    "location": row.location,
                    "remark": card.remark,
                },
                back=asset_url(row.number),
            )
        ],
        breadcrumb=[Link(gettext("Fixed assets"), ASSETS.url)],
    )


def _facts(actor: Actor, card: AssetCard) -> list[Fact]:
    row = card.asset
    how = f"{METHODS[card.method]}, {CONVENTIONS[card.convention]}"
    if card.method in ("units", "none"):
        how = str(METHODS[card.method])
    life = None
    if card.starts_on and card.ends_on and card.method not in ("units", "none"):
        life = gettext("%(first)s to %(last)s") % {
            "first": day(card.starts_on), "last": day(card.ends_on)
        }  # fmt: skip
    found: list[tuple[str, Cell]] = [
        (gettext("Book value"), money_alone(actor, row.book_value)),
        (gettext("Cost"), money_alone(actor, row.cost)),
        (gettext("Residual value"), money_alone(actor, card.residual) if card.residual else None),
        (
            gettext("Revaluation reserve"),
            money_alone(actor, card.reserve) if card.reserve else None,
        ),
        (gettext("Category"), Link(row.category_name, f"{ASSETS.url}?category={row.category}")),
        (gettext("Method"), how),
        (
            gettext("Percentage a year"),
            f"{card.rate:f}".rstrip("0").rstrip(".") if card.rate else None,
        ),
        (gettext("Life"), life),
        (gettext("Units made"), _units(card)),
        (gettext("Acquired"), row.acquired_on),
        (gettext("In use from"), row.in_use_from),
        (gettext("Depreciated through"), row.until),
        (gettext("Disposed of"), card.disposed_on),
        (gettext("Serial number"), row.serial),
        (gettext("Location"), row.location),
        *((code.replace("_", " "), value) for code, value in card.dimensions.items()),
        (gettext("Remark"), card.remark),
    ]
    return [Fact(label, value) for label, value in found if value not in (None, "")]


def _units(card: AssetCard) -> str | None:
    if card.method != "units":
        return None
    made, whole = (f"{value:f}".rstrip("0").rstrip(".") for value in (card.used, card.units))
    return gettext("%(made)s of %(whole)s") % {"made": made or "0", "whole": whole}


def _past(actor: Actor, card: AssetCard) -> Document:
    lines = [_step(actor, place, step) for place, step in enumerate(_by_year(card.steps))]
    totals = [
        Total(gettext("To depreciate in %(year)s") % {"year": each.year}, money(actor, each.amount))
        for each in card.years[:5]
    ]
    if later := sum(each.amount for each in card.years[5:]):
        totals.append(Total(gettext("After that"), money(actor, later)))
    totals.append(
        Total(gettext("Book value now"), money(actor, card.asset.book_value), strong=True)
    )
    return Document(
        columns=[
            Column("date", gettext("Date"), "date", phone="meta"),
            Column("kind", gettext("What happened"), phone="title"),
            Column("entry", gettext("Entry"), "link", phone="meta"),
            Column("cost", gettext("Cost"), "money"),
            Column("lost", gettext("Depreciation"), "money"),
            Column("book", gettext("Book value"), "money", phone="figure"),
        ],
        lines=lines,
        totals=totals,
    )


def _by_year(steps: Sequence[AssetStep]) -> list[AssetStep]:
    """The steps with depreciation of years before the last as one of each year.

    Ten years of months would hide what happened; the entries stand in the general ledger.
    """
    last = max((step.date.year for step in steps), default=0)
    found: list[AssetStep] = []
    for step in steps:
        before = found[-1] if found else None
        alike = (
            before is not None
            and step.kind == before.kind == "depreciation"
            and step.date.year == before.date.year < last
        )
        if before is not None and alike:
            lost = before.accumulated + step.accumulated
            found[-1] = msgspec.structs.replace(step, accumulated=lost, entry="", run="")
        else:
            found.append(step)
    return found


def _step(actor: Actor, place: int, step: AssetStep) -> Row:
    words = str(KINDS.get(step.kind, step.kind))
    moved = step.cost or step.accumulated
    return Row(
        str(place),
        {
            "date": step.date,
            "kind": f"{words}: {step.why}" if step.why else words,
            "entry": Link(step.entry, entry_url(step.entry)) if step.entry else None,
            "cost": money(actor, step.cost) if step.cost else None,
            "lost": money(actor, -step.accumulated) if step.accumulated else None,
            "book": money(actor, step.book_value) if moved else None,
        },
    )


def _relations(actor: Actor, card: AssetCard) -> list[Relation]:
    found: list[Relation] = []
    if card.part_of:
        whole = Related(Link(card.part_of, asset_url(card.part_of)))
        found.append(Relation(gettext("Part of"), [whole]))
    if card.components:
        parts = [
            Related(
                Link(f"{each.number} {each.name}", asset_url(each.number)),
                value=money(actor, each.book_value),
            )
            for each in card.components
        ]
        found.append(Relation(gettext("Components"), parts))
    if card.supplier:
        who = Related(Link(card.supplier_name, party_url(card.supplier)), card.supplier)
        found.append(Relation(gettext("Supplier"), [who]))
    if card.origin and (page := links(actor, [card.origin]).get(card.origin)):
        kind = title_of_kind(card.origin.partition("/")[0])
        found.append(Relation(gettext("Comes from"), [Related(page, kind)]))
    return found


def _steps(actor: Actor, card: AssetCard) -> list[Act | None]:
    row, back = card.asset, asset_url(card.asset.number)
    undo = act_for(
        actor, "finance.undo_asset_event", label=_("Undo the last event"), icon="arrow-back-up",
        hint=_("Its entry is reversed, and the asset stands as it did before."),
        asset=row.number, back=back,
    )  # fmt: skip
    undo = undo if card.can_undo else None
    if row.state == "disposed":
        return [undo]
    used = None
    if row.state == "waiting":
        used = act_for(
            actor, "finance.use_asset", label=_("Put into use"), icon="player-play",
            asset=row.number, back=back,
        )  # fmt: skip
    made = None
    if card.method == "units":
        made = act_for(
            actor, "finance.record_asset_use", label=_("Record its use"), icon="clock",
            asset=row.number, back=back,
        )  # fmt: skip
    other = [
        act_for(actor, name, label=label, icon=icon, hint=hint, asset=row.number, back=back)
        for name, label, icon, hint in (
            ("finance.dispose_asset", _("Sell or scrap"), "trash", ""),
            (
                "finance.estimate_asset", _("Estimate anew"), "calendar",
                _("Another life or residual value from a day on; what is posted stays."),
            ),
            ("finance.impair_asset", _("Impair"), "trending-down", ""),
            ("finance.revalue_asset", _("Revalue"), "trending-up", ""),
        )
    ]  # fmt: skip
    return [used, made, *other, undo]


ASSET = RecordView(
    key="finance.assets",
    title=_("Fixed asset"),
    kind="finance.asset",
    path="<str:number>",
    find=asset,
    show=show,
)
