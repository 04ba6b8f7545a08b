"""Makes a company with a help desk in a data folder of its own: `KANTOOR_DATA`.

Mia manages Eva, who may ask for a laptop; Dirk works at the desk, where a device was handed out
and a stock-take begun.
"""

import os
from datetime import date
from decimal import Decimal

PASSWORD = "eleven grey herons"
PEOPLE = {"mia": ("M1", "Mia Haddad", "employee"), "eva": ("E1", "Eva Jansen", "employee"), "dirk": ("D1", "Dirk Bos", "help_desk")}  # fmt: skip


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from kantoor.departments.hr.actions.people.hiring import hire_employees
    from kantoor.departments.hr.drafts_people import HireDraft
    from kantoor.departments.ict.actions.cases.desk import add_queue
    from kantoor.departments.ict.actions.catalogue.arranging import add_catalogue_item
    from kantoor.departments.ict.actions.devices.counting import begin_stock_take
    from kantoor.departments.ict.actions.devices.life import hand_out
    from kantoor.departments.ict.actions.devices.registering import register_devices
    from kantoor.departments.ict.drafts_catalogue import FieldDraft, ItemDraft
    from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
    from kantoor.kernel.actors.actor import console_actor
    from kantoor.kernel.actors.models import Company
    from kantoor.kernel.actors.users import add_user

    console = console_actor(Company.objects.get())
    for sign_in, (_code, name, role) in PEOPLE.items():
        add_user(
            console, sign_in=sign_in, name=name, roles=[role], password=PASSWORD,
            password_is_temporary=False,
        )  # fmt: skip
    hired = [
        HireDraft(
            employee=code, name=name, sign_in=sign_in, start=date(2024, 1, 1),
            hours_mon=Decimal(8), manager="" if sign_in == "mia" else "M1",
        )
        for sign_in, (code, name, _role) in PEOPLE.items()
    ]  # fmt: skip
    hire_employees(console, employees=hired)
    add_queue(console, code="desk", name="First line", members=["dirk"])
    size = FieldDraft(label="Size", kind="choice", choices="13 inch; 15 inch", required=True)
    laptop = ItemDraft(
        code="laptop", name="Laptop", section="Workplace", queue="desk", approval="manager",
        tasks="Install it\nHand it out", fields=[size],
    )  # fmt: skip
    add_catalogue_item(console, item=laptop)
    devices = [DeviceDraft(kind="computer", name=f"Laptop {n}") for n in (1, 2)]
    register_devices(console, devices=devices)
    hand_out(console, party="E1", items=[HandedItem(device="D-000001")])
    begin_stock_take(console)


if __name__ == "__main__":
    main()
