"""Makes the trading company of the demonstration in a data folder of its own: `KANTOOR_DATA`.

`kantoor demo` takes in a web shop's month first, which these tests have no use for.
"""

import os


def main() -> None:
    """Found a company so that there are people, and let them make the other."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from django.utils import timezone

    from kantoor.kernel.actors.actor import installation_actor
    from kantoor.kernel.actors.models import Company
    from kantoor.shell.database import migrate
    from kantoor.shell.demo.people import Staff
    from kantoor.shell.demo.trade.making import make_trade
    from kantoor.shell.founding import found_company
    from kantoor.shell.house import prepare_data_folder

    prepare_data_folder()
    migrate()
    founded = found_company(
        installation_actor(), name="Aardbei BV", country="NL", currency="EUR", language="en"
    )
    Staff.hired(Company.objects.get(), founded, "en")
    make_trade(timezone.localdate())


if __name__ == "__main__":
    main()
