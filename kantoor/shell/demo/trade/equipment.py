"""What the trading company's ICT keeps: devices and who has them, licences, stock, servers."""

from datetime import date, timedelta

from kantoor.departments.ict.actions.backups.planning import plan_backups
from kantoor.departments.ict.actions.devices.consumables import add_consumable, move_stock
from kantoor.departments.ict.actions.devices.licences import add_licence
from kantoor.departments.ict.actions.devices.life import hand_out
from kantoor.departments.ict.actions.devices.places import add_location
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.actions.servers.registering import add_servers
from kantoor.departments.ict.drafts_backups import BackupPlanDraft
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.drafts_servers import ServerDraft
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.trade.chance import chance
from kantoor.shell.demo.trade.colleagues import COLLEAGUES
from kantoor.shell.demo.trade.help_desk import MANAGER

LAPTOPS = (
    ("Lenovo", "ThinkPad T14 Gen 5", 1_289_00),
    ("HP", "EliteBook 840 G11", 1_349_00),
    ("Dell", "Latitude 7450", 1_415_00),
)
PHONES = (("Samsung", "Galaxy A55", 389_00), ("Fairphone", "Fairphone 5", 549_00))
SPARE = 3
"""Laptops in stock, for who comes next."""


def have_equipment(manager: Actor, agent: Actor, today: date) -> None:
    """Register it, hand each colleague a laptop and a phone on one sheet, and plan backups."""
    for code, name in (("KANTOOR", "Kantoor Deventer"), ("MAGAZIJN", "Magazijn Deventer")):
        add_location(manager, code=code, name=name)
    people = len(COLLEAGUES)
    laptops = register_devices(agent, devices=[_laptop(n, today) for n in range(people + SPARE)])
    phones = register_devices(agent, devices=[_phone(n, today) for n in range(people)])
    register_devices(agent, devices=_shared(today))
    for each, laptop, phone in zip(COLLEAGUES, laptops, phones, strict=False):
        items = [HandedItem(device=laptop), HandedItem(device=phone)]
        hand_out(agent, party=each.code, items=items)
    add_licence(
        manager, software="Microsoft 365 Business Standard", publisher="Microsoft", seats=20,
        starts_on=today.replace(month=1, day=1), until=today.replace(month=12, day=31),
        cost=2_808_00, supplier="L-KANT",
    )  # fmt: skip
    add_consumable(manager, code="TONER", name="Toner zwart", minimum=4)
    move_stock(agent, consumable="TONER", quantity=3, why="Geteld")
    _servers(manager)


def _laptop(n: int, today: date) -> DeviceDraft:
    maker, model, price = LAPTOPS[chance("laptop", n, of=len(LAPTOPS))]
    bought = today - timedelta(days=60 + chance("bought", n, of=1200))
    return DeviceDraft(
        kind="computer", name=f"LINDE-{n + 1:03}", maker=maker, model=model,
        serial=f"DL{chance('serial', n, of=10**8):08}", location="KANTOOR", supplier="L-KANT",
        purchased_on=bought, price=price, warranty_until=bought + timedelta(days=3 * 365),
    )  # fmt: skip


def _phone(n: int, today: date) -> DeviceDraft:
    maker, model, price = PHONES[chance("phone", n, of=len(PHONES))]
    bought = today - timedelta(days=30 + chance("bought phone", n, of=900))
    return DeviceDraft(
        kind="phone", maker=maker, model=model, serial=f"PH{chance('imei', n, of=10**9):09}",
        phone_number=f"+31 6 5550 {1000 + n}", supplier="L-TEL", purchased_on=bought, price=price,
        warranty_until=bought + timedelta(days=2 * 365),
    )  # fmt: skip


def _shared(today: date) -> list[DeviceDraft]:
    bought = today - timedelta(days=500)
    scanners = [
        DeviceDraft(
            kind="peripheral", name=f"Scanner {n}", maker="Zebra", model="DS3678",
            serial=f"ZB{4400 + n}", location="MAGAZIJN", purchased_on=bought, price=729_00,
        )
        for n in range(1, 7)
    ]  # fmt: skip
    return [
        *scanners,
        DeviceDraft(
            kind="printer", name="Printer begane grond", maker="Brother", model="HL-L6410DN",
            serial="BR10021", location="KANTOOR", purchased_on=bought, price=419_00,
        ),
        DeviceDraft(
            kind="network", name="Switch magazijn", maker="Aruba", model="6100 24G",
            serial="AR55102", location="MAGAZIJN", purchased_on=bought, price=890_00,
        ),
    ]  # fmt: skip


def _servers(manager: Actor) -> None:
    add_servers(
        manager,
        servers=[
            ServerDraft(code="linde-app1", name="Toepassingen", address="10.20.0.11", criticality=1,
                        owner=MANAGER, services=["magazijn", "printen"]),
            ServerDraft(code="linde-mail", name="Mailrelais", address="10.20.0.12", criticality=2,
                        owner=MANAGER, services=["mail"]),
        ],
    )  # fmt: skip
    plan_backups(
        manager,
        plans=[
            BackupPlanDraft(code="app1-data", name="Gegevens van de toepassingen",
                            server="linde-app1", repository="/srv/backup/app1", paths=["/srv/app"]),
        ],
    )  # fmt: skip
