"""The dashboards that a company begins with, by role; it changes them as it likes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadyCard:
    """A card as it is added."""

    kind: str
    subject: str = ""
    most: int = 12
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """A dashboard for some roles, in both languages."""

    code: str
    title_nl: str
    title_en: str
    roles: tuple[str, ...]
    cards: tuple[ReadyCard, ...]


def _figures(*names: str) -> tuple[ReadyCard, ...]:
    return tuple(ReadyCard("figure", name) for name in names)


READY = (
    Ready(
        "directie",
        "Directie",
        "Management",
        ("director", "controller", "administrator"),
        (
            *_figures(
                "finance.revenue",
                "finance.result",
                "finance.cash",
                "finance.receivables_overdue",
                "sales.orders",
                "hr.headcount",
                "hr.sickness",
                "ict.solved_in_time",
            ),
            ReadyCard("objectives", most=8),
            ReadyCard("bars", "finance.revenue", 13),
            ReadyCard("line", "finance.cash", 13),
            ReadyCard("bars", "sales.ordered", 13),
            ReadyCard("table", "finance.receivables", 5, "overdue=1&sort=-open"),
        ),
    ),
    Ready(
        "controller",
        "Controller",
        "Controller",
        ("controller", "auditor"),
        (
            *_figures(
                "finance.revenue",
                "finance.costs",
                "finance.result",
                "finance.margin",
                "finance.receivables",
                "finance.days_of_sales",
                "finance.payables",
                "finance.vat_to_pay",
            ),
            ReadyCard("bars", "finance.result", 13),
            ReadyCard("line", "finance.days_of_sales", 13),
            ReadyCard("bars", "finance.costs", 13),
            ReadyCard("table", "finance.payables", 5, "overdue=1&sort=-open"),
        ),
    ),
    Ready(
        "boekhouding",
        "Boekhouding",
        "Bookkeeping",
        ("bookkeeper",),
        (
            *_figures(
                "finance.cash",
                "finance.receivables",
                "finance.receivables_overdue",
                "finance.payables",
                "finance.payables_overdue",
                "finance.vat_to_pay",
                "kernel.refused",
            ),
            ReadyCard("table", "finance.receivables", 8, "overdue=1&sort=due_on"),
            ReadyCard("table", "finance.payables", 8, "sort=due_on"),
            ReadyCard("line", "finance.receivables", 13),
        ),
    ),
    Ready(
        "hr",
        "HR",
        "HR",
        ("hr_officer",),
        (
            *_figures(
                "hr.headcount",
                "hr.sickness",
                "hr.leave_balance",
                "hr.overtime",
                "hr.hours",
                "hr.vacancies",
            ),
            ReadyCard("line", "hr.sickness", 13),
            ReadyCard("bars", "hr.headcount", 13),
            ReadyCard("table", "hr.candidates", 6, "stage=open"),
        ),
    ),
    Ready(
        "ict",
        "ICT",
        "ICT",
        ("ict_manager",),
        (
            *_figures(
                "ict.open_cases",
                "ict.cases",
                "ict.solved_in_time",
                "ict.first_response",
                "ict.satisfaction",
                "ict.availability",
                "ict.devices_out",
                "ict.backup_age",
            ),
            ReadyCard("bars", "ict.cases", 13),
            ReadyCard("line", "ict.solved_in_time", 13),
            ReadyCard("table", "ict.cases", 6, "state=open&sort=due_at"),
        ),
    ),
)
