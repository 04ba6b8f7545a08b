"""What the forms about devices need beyond the signatures of their actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.devices.card import device
from kantoor.departments.ict.queries.devices.lists import inventory_conflicts
from kantoor.departments.ict.web.devices.register import places_by_code
from kantoor.departments.ict.web.devices.words import (
    KINDS,
    device_url,
    handover_url,
    stock_take_url,
)
from kantoor.kernel.actions.registry import actions
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.suggesting import EMPLOYEES
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.form_page import Consequence

CHANGED = ("kind", "name", "serial", "price", "warranty_until", "contract_until")
MORE = ("phone_number", "invoice", "purchased_on", "asset", "contract", "remark")


def _now(actor: Actor, given: Given) -> Given:
    """What is known of the device that the address names."""
    try:
        card = device(actor, number=str(given.get("device", "")))
    except DomainError:
        return {}
    found: dict[str, Any] = {name: getattr(card.device, name) for name in CHANGED}
    found |= {name: getattr(card, name) for name in MORE}
    said = {each.field: each.value for each in card.said if each.counts}
    return found | {
        "maker": said.get("maker", ""),
        "model": said.get("model", ""),
        "location": card.device.location,
        "supplier": card.supplier,
    }


def _candidate(actor: Actor, given: Given) -> Given:
    """The device that a held inventory may be."""
    wanted = given.get("conflict")
    rows = [each for each in inventory_conflicts(actor, limit=1_000).rows if each.id == wanted]
    return {"device": rows[0].candidates.split(" ")[0]} if rows else {}


def _to_device(_actor: Actor, number: Any) -> str:
    return device_url(number) if isinstance(number, str) else ""


def _to_sheet(_actor: Actor, number: Any) -> str:
    return handover_url(number) if isinstance(number, str) else ""


def _today(_actor: Actor) -> Given:
    return {"starts_on": timezone.localdate()}


plan(
    "ict.register_device",
    Plan(
        choices={"device.kind": KINDS, "device.location": places_by_code},
        goes_to=_to_device,
        submit=_("Register"),
    ),
)
plan(
    "ict.change_device",
    Plan(
        choices={"kind": KINDS, "location": places_by_code},
        prefill=_now,
        goes_to=_to_device,
        in_palette=False,
    ),
)
plan("ict.move_devices", Plan(choices={"location": places_by_code}, in_palette=False))
plan(
    "ict.hand_out",
    Plan(
        intro=_("All devices go on one sheet, which the person signs."),
        suggestions={"party": EMPLOYEES},
        goes_to=_to_sheet,
        submit=_("Hand out"),
    ),
)
plan(
    "ict.take_back",
    Plan(
        intro=_("All devices go on one sheet, which the person signs."),
        suggestions={"party": EMPLOYEES},
        goes_to=_to_sheet,
        submit=_("Take back"),
    ),
)
plan(
    "ict.reserve_devices",
    Plan(suggestions={"party": EMPLOYEES}, submit=_("Reserve"), in_palette=False),
)
plan(
    "ict.reserve_from_stock",
    Plan(choices={"kind": KINDS}, suggestions={"party": EMPLOYEES}, goes_to=_to_device),
)
for _name in ("hand_out_reserved", "take_back_all"):
    plan(
        f"ict.{_name}",
        Plan(
            intro=_("All devices go on one sheet, which the person signs."),
            suggestions={"party": EMPLOYEES},
            goes_to=_to_sheet,
        ),
    )
plan("ict.release_reserved", Plan(suggestions={"party": EMPLOYEES}))
plan("ict.release_devices", Plan(in_palette=False))
plan(
    "ict.dispose_of_devices",
    Plan(
        consequence=lambda _actor, _given: Consequence(
            gettext("A device that was disposed of never comes back; its history stays.")
        ),
        in_palette=False,
    ),
)
plan(
    "ict.decide_conflict",
    Plan(
        prefill=_candidate,
        intro=_("Say whose inventory it is. Its agent is known as that device from then on."),
        in_palette=False,
    ),
)
for _name in ("merge_devices", "split_device", "undo_merge"):
    plan(f"ict.{_name}", Plan(goes_to=_to_device, in_palette=False))
plan("ict.add_licence", Plan(defaults=_today, submit=_("Add")))
plan("ict.add_location", Plan(choices={"within": places_by_code}, submit=_("Add")))
plan("ict.change_location", Plan(choices={"code": places_by_code}))
plan(
    "ict.begin_stock_take",
    Plan(
        choices={"location": places_by_code},
        goes_to=lambda _actor, number: (
            f"{stock_take_url(number)}/scan" if isinstance(number, str) else ""
        ),
        submit=_("Begin"),
    ),
)
for _name in ("sign_handover", "scan_codes", "close_stock_take", "forget_said"):
    plan(f"ict.{_name}", Plan(in_palette=False))

name_values(
    "decision",
    {
        "merge": _("It is the device below"),
        "new": _("It is a new device"),
        "ignore": _("Ignore this agent"),
    },
)
WORDS: dict[str, tuple[Any, Any]] = {
    "asset": (_("Fixed asset"), _("Its number in finance, such as A00012.")),
    "condition": (_("Condition"), _("Complete, scratched, without charger.")),
    "conflict": (_("Held inventory"), ""),
    "conflicts": (_("Held inventories"), ""),
    "consumable": (_("Consumable"), ""),
    "contract": (_("Contract"), _("Of lease or service.")),
    "contract_until": (_("Contract until"), ""),
    "decision": (_("Decision"), ""),
    "device": (_("Device"), _("Its number, such as D-000012.")),
    "devices": (_("Devices"), _("Their numbers, such as D-000012.")),
    "gone": (_("Is also known as"), _("The number of the device that turned out to be it.")),
    "handover": (_("Handover sheet"), ""),
    "items": (_("Devices"), ""),
    "ict.hand_out:party": (_("Who gets them"), _("The person's code.")),
    "ict.take_back:party": (_("Who brings them"), _("The person's code.")),
    "ict.reserve_devices:party": (_("For whom"), _("The person's code.")),
    "ict.reserve_from_stock:party": (_("For whom"), _("The person's code.")),
    "ict.release_reserved:party": (_("For whom"), _("The person's code.")),
    "ict.hand_out_reserved:party": (_("Who gets them"), _("The person's code.")),
    "ict.take_back_all:party": (_("Who brings them"), _("The person's code.")),
    "keys": (_("What goes with the new one"), _("As its page shows it: agent:laptop-2026.")),
    "licence": (_("Licence"), ""),
    "location": (_("Location"), ""),
    "maker": (_("Maker"), ""),
    "minimum": (_("At least"), _("Below this it has to be ordered.")),
    "model": (_("Model"), ""),
    "networks": (
        _("Networks"),
        _("Agents from here need no token. Such as 10.0.0.0/8; empty is this machine alone."),
    ),
    "ict.add_dependency:of": (
        _("What depends on it"),
        _("Such as ict.device/12 or department:Sales."),
    ),
    "ict.add_dependency:on": (_("What it depends on"), _("Such as ict.server/3.")),
    "phone_number": (_("Phone number"), ""),
    "publisher": (_("Publisher"), ""),
    "purchased_on": (_("Bought"), ""),
    "seats": (_("For so many devices"), ""),
    "serial": (_("Serial number"), ""),
    "software": (_("Software"), ""),
    "starts_on": (_("From"), ""),
    "stock_take": (_("Stock-take"), ""),
    "supplier": (_("Supplier"), ""),
    "until": (_("Until"), ""),
    "warranty_until": (_("Warranty until"), ""),
    "within": (_("Within"), ""),
}
for _act in actions():
    if ".ict.actions.devices." in _act.function.__module__:
        for _field, (_label, _hint) in WORDS.items():
            # Said for our actions alone: other departments use some of these words, too.
            _own = _field if ":" in _field else f"{_act.name}:{_field}"
            name_field(_own, _label, _hint)
