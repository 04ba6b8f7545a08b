"""A device as a page: what it is and who has it, what is in it and on it, and its past."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import asset_worth
from kantoor.departments.ict.queries.devices.around import device_cases
from kantoor.departments.ict.queries.devices.card import DeviceCard, PartRow, device
from kantoor.departments.ict.web.devices.words import (
    KINDS,
    PARTS,
    SOURCES,
    STATES,
    device_url,
    handover_url,
    size_words,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import links, words_for
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

MOST_PROGRAMS_SHOWN = 30
FIELDS = {
    "kind": _("Kind"), "name": _("Name"), "maker": _("Maker"), "model": _("Model"),
    "serial": _("Serial number"), "uuid": "UUID",
}  # fmt: skip


def show(actor: Actor, card: DeviceCard) -> Thing:
    """A device: its facts and parts, what can be done next, and its past."""
    row = card.device
    word, tone = STATES[row.state]
    return Thing(
        title=f"{row.number} {row.name}".strip(),
        row=row.id,
        state=Status(row.state, force_str(word), tone),
        note=_note(card),
        facts=_facts(actor, card),
        document=_parts(card),
        relations=_relations(actor, card),
        steps=_steps(actor, card),
        more=_more(actor, card),
    )


def _note(card: DeviceCard) -> str:
    if card.merged_into:
        return gettext("It turned out to be %(device)s.") % {"device": card.merged_into}
    warranty = card.device.warranty_until
    if warranty and warranty >= timezone.localdate():
        return gettext("Under warranty until %(day)s.") % {"day": day(warranty)}
    return ""


def _facts(actor: Actor, card: DeviceCard) -> list[Fact]:
    row = card.device
    price = None
    if row.price is not None:
        price = Money(row.price, exponent(actor.currency), actor.currency)
    pairs: list[tuple[str, Cell]] = [
        (gettext("With"), _link(row.holder_name, party_url(row.holder))),
        (gettext("Reserved for"), _link(card.kept_for_name, party_url(card.kept_for))),
        (gettext("Kind"), force_str(KINDS.get(row.kind, row.kind))),
        (gettext("Model"), row.model),
        (gettext("Serial number"), row.serial),
        (gettext("Phone number"), card.phone_number),
        (gettext("Location"), row.location_name),
        (gettext("Operating system"), f"{row.system} {card.system_version}".strip()),
        (gettext("Last reported"), row.seen_at),
        (gettext("Bought"), card.purchased_on),
        (gettext("Price"), price),
        (gettext("Supplier"), _link(card.supplier_name, party_url(card.supplier))),
        (gettext("Invoice"), card.invoice),
        (gettext("Fixed asset"), _link(card.asset, f"/finance/assets/{card.asset}")),
        *_worth(actor, card.asset),
        (gettext("Warranty until"), row.warranty_until),
        *[(gettext("Server"), Link(name, f"/ict/servers/{code}")) for code, name in card.servers],
        (gettext("Contract"), _contract(card.contract, row.contract_until)),
        (gettext("Remark"), card.remark),
    ]
    return [Fact(label, value) for label, value in pairs if value not in (None, "")]


def _worth(actor: Actor, asset: str) -> list[tuple[str, Cell]]:
    """What the books say of it, for who may read them."""
    if not asset or not actor.may("finance.read_assets"):
        return []
    worth = asset_worth(actor, numbers=[asset]).get(asset)
    if worth is None:
        return []
    places, currency = exponent(actor.currency), actor.currency
    return [
        (gettext("Depreciated"), Money(worth.accumulated, places, currency)),
        (gettext("Book value"), Money(worth.book_value, places, currency)),
    ]


def _cases(actor: Actor, number: str) -> list[Related]:
    """The cases about it, for who may read them."""
    if not actor.may("ict.read_cases"):
        return []
    return [
        Related(
            Link(f"{each.number} {each.title}", f"/ict/cases/{each.number}"), "", each.opened_at
        )
        for each in device_cases(actor, number=number)
    ]


def _link(label: str, url: str) -> Cell:
    """Words that open a page; only the words where there is no page."""
    return Link(label, url) if label and url else label


def _contract(name: str, until: date | None) -> str:
    return f"{name} ({day(until)})" if until else name


def _parts(card: DeviceCard) -> Document | None:
    if not card.parts:
        return None
    return Document(
        columns=[
            Column("kind", gettext("Part"), phone="meta"),
            Column("name", gettext("Name"), phone="title"),
            Column("serial", gettext("Serial number")),
            Column("detail", gettext("Particulars"), phone="meta"),
            Column("size", gettext("Size"), align="end", phone="figure"),
        ],
        lines=[
            Row(
                str(n),
                {
                    "kind": force_str(PARTS.get(each.kind, each.kind)),
                    "name": " ".join(dict.fromkeys(x for x in (each.maker, each.name, each.model) if x)),
                    "serial": each.serial,
                    "detail": _detail(each),
                    "size": size_words(each.size, "mWh" if each.kind == "battery" else "B"),
                },
            )
            for n, each in enumerate(card.parts)
        ],
    )  # fmt: skip


def _detail(part: PartRow) -> str:
    free = ""
    if part.free is not None and part.size:
        free = gettext("%(size)s free") % {"size": size_words(part.free) or "0 B"}
    pieces = (part.address, part.detail, part.version, free, str(part.amount or ""))
    return " · ".join(each for each in pieces if each)


def _relations(actor: Actor, card: DeviceCard) -> list[Relation]:
    here = device_url(card.device.number)
    pages = links(actor, {*card.depends_on, *card.needed_by})

    def related(references: Sequence[str]) -> list[Related]:
        shown = []
        for each in references:
            page = pages.get(each)
            shown.append(Related(Link(words_for(each, page), page.url if page else here)))
        return shown

    past = [
        Related(
            Link(
                force_str(STATES[each.state][0]),
                handover_url(each.handover) if each.handover else here,
            ),
            " · ".join(x for x in (each.party, each.who, each.why) if x),
            each.at,
        )
        for each in card.events
    ]
    said = [
        Related(
            Link(f"{force_str(FIELDS.get(each.field, each.field))}: {each.value}", here),
            force_str(SOURCES[each.source])
            + ("" if each.counts else f" ({gettext('does not count')})"),
        )
        for each in card.said
    ]
    programs = [
        Related(Link(each.name, f"/ict/software?q={each.name}"), each.version)
        for each in card.programs[:MOST_PROGRAMS_SHOWN]
    ]
    found = [
        (gettext("Cases"), _cases(actor, card.device.number)),
        (gettext("Life"), past),
        (gettext("Depends on"), related(card.depends_on)),
        (gettext("Needed by"), related(card.needed_by)),
        (gettext("Software (%(n)s)") % {"n": card.program_count}, programs),
        (gettext("Who says so"), said),
        (gettext("Known by"), [Related(Link(each, here)) for each in card.keys]),
        (gettext("Made one with it"), [Related(Link(n, device_url(n))) for n in card.merged]),
    ]
    return [Relation(title, items) for title, items in found if items]


def _steps(actor: Actor, card: DeviceCard) -> list[Act | None]:
    """What a device in this state can become; the first is what it waits for."""
    row = card.device
    here = device_url(row.number)
    if card.merged_into:
        undo = act_for(
            actor, "ict.undo_merge", label=_("It is a device of its own"), icon="arrow-back-up",
            at_once=True, back=here, device=row.number,
        )  # fmt: skip
        return [undo]

    def step(verb: str, label: object, icon: str) -> Act | None:
        return act_for(
            actor, f"ict.{verb}", label=label, icon=icon, back=here, devices=[row.number]
        )

    items = [{"device": row.number, "condition": ""}]
    out = act_for(
        actor, "ict.hand_out", label=_("Hand out"), icon="users", key="h",
        values={"items": items, "party": card.kept_for} if card.kept_for else {"items": items},
    )  # fmt: skip
    keep = (
        step("release_devices", _("Keep it no longer"), "lock-open")
        if card.kept_for
        else step("reserve_devices", _("Keep it for somebody"), "lock")
    )
    back = act_for(
        actor, "ict.take_back", label=_("Take back"), icon="arrow-back-up", key="t",
        values={"items": items, "party": row.holder},
    )  # fmt: skip
    stock = step("stock_devices", _("Put in stock"), "package")
    repair = step("repair_devices", _("Send for repair"), "settings")
    wipe = step("wipe_devices", _("It was wiped"), "trash")
    gone = step("dispose_of_devices", _("Dispose of it"), "ban")
    steps: dict[str, list[Act | None]] = {
        "found": [stock, out, keep, repair, gone],
        "ordered": [stock, keep, gone],
        "stock": [out, keep, repair, wipe, gone],
        "issued": [back, repair],
        "repair": [stock, gone],
        "returned": [wipe, stock, out, keep, gone],
        "wiped": [stock, out, keep, gone],
        "disposed": [_scrap(actor, card)],
    }
    return steps.get(row.state, [])


def _scrap(actor: Actor, card: DeviceCard) -> Act | None:
    """For who may: the asset of a device that is gone is disposed of, while it is in the books."""
    if not card.asset or not actor.may("finance.read_assets"):
        return None
    worth = asset_worth(actor, numbers=[card.asset]).get(card.asset)
    if worth is None or not worth.cost:
        return None
    given = {"asset": card.asset, "why": card.device.number}
    return act_for(
        actor, "finance.dispose_asset", given, label=_("Dispose of its asset"), icon="ban",
        back=device_url(card.device.number),
    )  # fmt: skip


def _more(actor: Actor, card: DeviceCard) -> list[Act | None]:
    row = card.device
    here = device_url(row.number)
    return [
        act_for(
            actor, "ict.change_device", label=_("Change"), icon="pencil", device=row.number,
            back=here,
        ),
        Act(gettext("Label"), f"{here}/label", icon="tags"),
        act_for(
            actor, "ict.merge_devices", label=_("It is another device, too"), icon="link",
            device=row.number, back=here,
        ),
        act_for(
            actor, "ict.split_device", label=_("These are two machines"), icon="copy",
            device=row.number, back=here,
        ),
        act_for(
            actor, "ict.forget_said", label=_("Let the machine say what it is"), icon="refresh",
            at_once=True, device=row.number, back=here,
        ),
        act_for(
            actor, "ict.add_dependency", label=_("Say what it depends on"), icon="link",
            of=f"ict.device/{row.id}", back=here,
        ),
    ]  # fmt: skip


DEVICE = RecordView(
    key="ict.devices",
    title=_("Device"),
    kind="ict.device",
    path="<str:number>",
    find=device,
    show=show,
)
