"""What the director steers by: objectives with key results, alerts, and figures read by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from django.conf import settings
from django.utils import timezone

from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.management.actions.alerts import set_alert
from kantoor.management.actions.objectives import (
    add_key_result,
    close_objective,
    comment_on_objective,
    set_objective,
)
from kantoor.management.actions.reading import read_figures
from kantoor.management.actions.watching import look
from kantoor.management.drafts import AlertDraft, KeyResultDraft, ObjectiveSetting
from kantoor.management.models import Alert


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective with its key results: figure, start, target, how it is measured."""

    nl: str
    en: str
    owner: str
    results: tuple[tuple[str, str, str, Literal["since", "month"]], ...]
    said: tuple[str, ...] = ()


AIMS = (
    Aim(
        "Klanten betalen op tijd",
        "Customers pay in time",
        "carla",
        (
            ("finance.days_of_sales", "60", "30", "since"),
            ("finance.receivables_overdue", "60000", "10000", "since"),
        ),
        ("De herinneringen gaan nu op dag 3 de deur uit in plaats van dag 14.",),
    ),
    Aim(
        "Omzet naar acht ton",
        "Revenue to eight hundred thousand",
        "dora",
        (("finance.revenue", "0", "800000", "since"), ("finance.result", "0", "40000", "since")),
        ("September viel tegen door de inkoop vooraf; oktober maakt het grotendeels goed.",),
    ),
    Aim(
        "Een helpdesk die zijn afspraken nakomt",
        "A help desk that keeps its promises",
        "iris",
        (
            ("ict.solved_in_time", "85", "97", "month"),
            ("ict.first_response", "2", "0.5", "month"),
            ("ict.satisfaction", "60", "90", "since"),
        ),
    ),
    Aim(
        "Gezond aan het werk",
        "Healthy at work",
        "helen",
        (("hr.sickness", "6", "3.5", "month"),),
        ("We spreken elke maand met wie langer dan twee weken ziek is.",),
    ),
)


def steer(director: Actor, controller: Actor, today: date) -> None:
    """Set objectives of this year and one that is over, alerts, and read the months gone by."""
    if "management" not in settings.DEPARTMENTS:
        return
    _closed(director, today)
    for aim in AIMS:
        number = set_objective(
            director,
            objective=ObjectiveSetting(
                title_nl=aim.nl, title_en=aim.en, owner=aim.owner,
                starts_on=date(today.year, 1, 1), ends_on=date(today.year, 12, 31),
            ),
        )  # fmt: skip
        for figure, start, target, over in aim.results:
            add_key_result(
                _who_sees(director, figure),
                result=KeyResultDraft(
                    objective=number, figure=figure, start=Decimal(start), target=Decimal(target),
                    over=over,
                ),
            )  # fmt: skip
        for text in aim.said:
            comment_on_objective(controller, number=number, comment=text)
    _alerts(director)
    company = Company.objects.get(pk=director.company_id)
    read_figures(console_actor(company))
    rows = list(Alert.objects.filter(company=company).order_by("pk"))
    look(console_actor(company), rows, timezone.now())


def _who_sees(director: Actor, figure: str) -> Actor:
    """Who may set a figure: sickness is for HR and the house itself alone."""
    if figure != "hr.sickness":
        return director
    return console_actor(Company.objects.get(pk=director.company_id))


def _closed(director: Actor, today: date) -> None:
    number = set_objective(
        director,
        objective=ObjectiveSetting(
            title_nl="Eén administratie voor alle afdelingen",
            title_en="One administration for all departments",
            owner="dora",
            starts_on=today - timedelta(days=300),
            ends_on=today - timedelta(days=60),
        ),
    )
    close_objective(
        director,
        number=number,
        outcome="reached",
        conclusion="Alle afdelingen werken in Kantoor; de losse lijsten zijn weg.",
    )


def _alerts(director: Actor) -> None:
    for figure, comparison, threshold, back, told in ALERTS:
        set_alert(
            director,
            alert=AlertDraft(
                figure=figure, comparison=comparison, threshold=Decimal(threshold),
                back=Decimal(back), recipients=told, every_minutes=60,
            ),
        )  # fmt: skip


ALERTS: tuple[tuple[str, Literal["above", "below"], str, str, tuple[str, ...]], ...] = (
    ("finance.cash", "below", "50000", "60000", ("dora", "carla")),
    ("finance.receivables_overdue", "above", "25000", "15000", ("carla", "boris")),
    ("ict.open_cases", "above", "20", "15", ("iris",)),
)
