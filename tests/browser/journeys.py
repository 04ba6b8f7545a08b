"""Makes a company of five departments in a data folder of its own: `KANTOOR_DATA`.

Helen is HR's, Iris ICT's, Paul pays and Carla controls, Cora tells it. Emma (E1) works there with a
laptop, an account and a salary; another laptop and two phones are in stock. Joiner and leaver are used.
"""

import os
from datetime import date
from decimal import Decimal

PASSWORD = "eleven grey herons"
PEOPLE = {
    "helen": ("Helen de Bruin", "hr_officer"),
    "iris": ("Iris Bakker", "help_desk"),
    "paul": ("Paul Timmer", "payroll_officer"),
    "carla": ("Carla Whitby", "controller"),
    "cora": ("Cora Visser", "communication_officer"),
    "emma": ("Emma Fox", "employee"),
}
SPARE, OURS = "PF1SPARE", "PF1EMMA"
"""Serial numbers: of the laptop in stock, and of Emma's."""
PHONE_OUT = "D-000004"
"""The number of the second phone in stock."""


def main() -> None:
    """Fill the company that was founded here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from kantoor.departments.finance.actions.dimensions import add_dimension_value
    from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings, set_salaries
    from kantoor.departments.hr.actions.people.hiring import hire_employees
    from kantoor.departments.hr.drafts_pay import SalaryDraft, SettingsDraft
    from kantoor.departments.hr.drafts_people import HireDraft
    from kantoor.departments.ict.actions.accounts.keeping import open_account
    from kantoor.departments.ict.actions.devices.life import hand_out, sign_handover
    from kantoor.departments.ict.actions.devices.registering import register_devices
    from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
    from kantoor.kernel.actors.actor import actor_for
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user
    from kantoor.procedures.actions.journeys import use_journeys

    admin = actor_for(User.objects.get(sign_in="admin"), Company.objects.get())
    for sign_in, (name, role) in PEOPLE.items():
        add_user(
            admin, sign_in=sign_in, name=name, roles=[role], password=PASSWORD,
            password_is_temporary=False,
        )  # fmt: skip
    add_dimension_value(admin, dimension="cost_centre", code="sales", name="Sales")
    emma = HireDraft(
        employee="E1", name="Emma Fox", sign_in="emma", start=date(2024, 1, 1),
        birth_date=date(1990, 5, 6), bsn="111222333", iban="NL91ABNA0417164300",
        cost_centre="sales", hours_mon=Decimal(8), hours_tue=Decimal(8),
    )  # fmt: skip
    hire_employees(admin, employees=[emma])
    settings = SettingsDraft(start=date(2025, 1, 1), whk_percent=Decimal("1.22"))
    set_pay_settings(admin, settings=settings)
    salary = SalaryDraft(employee="E1", start=date(2026, 1, 1), amount=300_000)
    set_salaries(admin, salaries=[salary])
    devices = [
        DeviceDraft(kind="computer", name="Laptop of Emma", serial=OURS),
        DeviceDraft(kind="computer", name="Laptop", serial=SPARE),
        DeviceDraft(kind="phone", name="Phone", serial="FP1"),
        DeviceDraft(kind="phone", name="Other phone", serial="FP2"),
    ]
    laptop, *_stock = register_devices(admin, devices=devices)
    sheet = hand_out(admin, party="E1", items=[HandedItem(device=laptop)])
    sign_handover(admin, handover=sheet, how="paper", image=b"%PDF..")
    open_account(admin, party="E1", system="mail", name="emma")
    use_journeys(admin, journeys=["joiner", "leaver"])


if __name__ == "__main__":
    main()
