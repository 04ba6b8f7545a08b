"""Rows in every table of devices, for `complete.py`."""

from datetime import date

from kantoor.departments.ict.actions.accounts.keeping import open_account
from kantoor.departments.ict.actions.devices.consumables import add_consumable, move_stock
from kantoor.departments.ict.actions.devices.counting import begin_stock_take, scan_codes
from kantoor.departments.ict.actions.devices.dependencies import add_dependency
from kantoor.departments.ict.actions.devices.doors import set_inventory_networks
from kantoor.departments.ict.actions.devices.licences import add_licence
from kantoor.departments.ict.actions.devices.life import hand_out, sign_handover
from kantoor.departments.ict.actions.devices.merging import merge_devices
from kantoor.departments.ict.actions.devices.places import add_location
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.models import Device
from kantoor.departments.ict.tests.devices.desk import laptop, report
from kantoor.departments.ict.tests.devices.people import employees
from kantoor.kernel.actors.actor import Actor

AGENTS = [f"pc-{n}-2026-01-01-00-00-00" for n in range(4)]


def devices(anne: Actor) -> None:
    """Everything of devices that leaves rows."""
    employees(anne)
    report(anne, *(laptop(each, serial=f"PF{n}ABCDE") for n, each in enumerate(AGENTS)))
    # The same machines by other names: two questions.
    report(anne, *(laptop(f"x-{each}", serial=f"PF{n}ABCDE") for n, each in enumerate(AGENTS[:2])))
    merge_devices(anne, device="D-000001", gone="D-000002")
    merge_devices(anne, device="D-000001", gone="D-000003")
    phones = register_devices(
        anne,
        devices=[
            DeviceDraft(kind="phone", maker="Fairphone", model=f"{n}", serial=f"FP{n}00{n}")
            for n in (5, 6)
        ],
    )
    first = Device.objects.get(company_id=anne.company_id, number=1)
    for person, phone in zip(("E1", "E2"), phones, strict=True):
        sheet = hand_out(anne, party=person, items=[HandedItem(device=phone)])
        sign_handover(anne, handover=sheet, how="screen", image=b"\x89PNG")
        open_account(anne, party=person, system="mail", name=person)
        place = add_location(anne, code=f"L{person}", name=person)
        add_consumable(anne, code=f"C{person}", name="Toner")
        move_stock(anne, consumable=f"C{person}", quantity=3)
        add_licence(anne, software=f"cad {person}", seats=2, starts_on=date(2026, 1, 1))
        scan_codes(anne, stock_take=begin_stock_take(anne, location=place), codes=[phone])
        add_dependency(anne, of=f"department:{person}", on=f"ict.device/{first.pk}")
    set_inventory_networks(anne, networks="10.0.0.0/8")
