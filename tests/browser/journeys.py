"""Makes a company where somebody comes and somebody leaves in a data folder of its own: `KANTOOR_DATA`.

Helen is HR's, Iris answers for ICT, Paul pays, Cora communicates. Nina (N1) was hired and begins
today; Piet (E2) has a laptop that he signed for. A computer and a phone are in stock.
"""

import os
from decimal import Decimal
from typing import Any

PASSWORD = "eleven grey herons"
PEOPLE = {
    "helen": "hr_officer", "iris": "help_desk", "paul": "payroll_officer",
    "cora": "communication_officer",
}  # fmt: skip
SERIAL = "PF1ABCDE"


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from datetime import date

    from django.utils import timezone

    from kantoor.departments.finance.actions.dimensions import add_dimension_value
    from kantoor.departments.hr.actions.people.hiring import hire_employees
    from kantoor.departments.hr.drafts_people import HireDraft
    from kantoor.departments.ict.actions.devices.life import hand_out, sign_handover
    from kantoor.departments.ict.actions.devices.registering import register_devices
    from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user
    from kantoor.procedures.actions.journeys import use_journeys

    company = Company.objects.get()
    console, admin = console_actor(company), actor_for(User.objects.get(sign_in="admin"), company)
    for sign_in, role in PEOPLE.items():
        add_user(
            console, sign_in=sign_in, name=sign_in.title(), roles=[role], password=PASSWORD,
            password_is_temporary=False,
        )  # fmt: skip
    use_journeys(admin, journeys=["joiner", "leaver"])
    add_dimension_value(admin, dimension="cost_centre", code="sales", name="Sales")
    hours: dict[str, Any] = {"hours_mon": Decimal(8), "cost_centre": "sales"}
    nina = HireDraft(
        employee="N1", name="Nina Bos", start=timezone.localdate(), iban="NL20INGB0001234567",
        **hours,
    )  # fmt: skip
    piet = HireDraft(employee="E2", name="Piet Vos", start=date(2024, 1, 1), **hours)
    hire_employees(admin, employees=[nina, piet])
    laptop, *_stock = register_devices(
        admin,
        devices=[
            DeviceDraft(kind="computer", name="Laptop of Piet", serial="PF0"),
            DeviceDraft(kind="computer", name="Laptop", serial=SERIAL),
            DeviceDraft(kind="phone", name="Phone", serial="FP1"),
        ],
    )
    sheet = hand_out(admin, party="E2", items=[HandedItem(device=laptop)])
    sign_handover(admin, handover=sheet, how="paper", image=b"%PDF..")


if __name__ == "__main__":
    main()
