"""Rows in every table of management, for `complete.py`."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.management.actions.alerts import change_alert, mute_alert, set_alert
from kantoor.management.actions.dashboards import (
    add_card,
    change_dashboard,
    end_dashboard,
    make_dashboard,
    move_card,
    remove_card,
)
from kantoor.management.actions.objectives import (
    add_key_result,
    change_key_result,
    change_objective,
    close_objective,
    comment_on_objective,
    end_key_result,
    set_objective,
)
from kantoor.management.actions.reading import read_figures
from kantoor.management.actions.schedules import change_schedule, schedule_report
from kantoor.management.actions.sending import send_report
from kantoor.management.actions.watching import look
from kantoor.management.drafts import (
    AlertChange,
    AlertDraft,
    CardDraft,
    DashboardChange,
    DashboardDraft,
    KeyResultChange,
    KeyResultDraft,
    MuteDraft,
    ObjectiveSetting,
    ScheduleChange,
    ScheduleDraft,
)
from kantoor.management.models import Alert


def management(anne: Actor) -> None:
    """Everything of management that leaves rows."""
    read_figures(anne, months=3)
    _objectives(anne)
    _dashboards(anne)
    _alerts(anne)
    _reports(anne)


def _objectives(anne: Actor) -> None:
    for title in ("Grow", "Shrink"):
        number = set_objective(
            anne,
            objective=ObjectiveSetting(
                title_nl=title, title_en=title, owner="admin", starts_on=date(2026, 1, 1),
                ends_on=date(2026, 12, 31),
            ),
        )  # fmt: skip
        change_objective(anne, number=number, title_en=f"{title} more")
        keys = [
            add_key_result(
                anne,
                result=KeyResultDraft(
                    objective=number, figure=figure, start=Decimal(0), target=Decimal("12.5")
                ),
            )
            for figure in ("finance.revenue", "sales.orders")
        ]
        change_key_result(anne, change=KeyResultChange(result=keys[0], target=Decimal(14)))
        end_key_result(anne, result=keys[1])
        comment_on_objective(anne, number=number, comment="It goes")
    close_objective(anne, number=number, outcome="reached", conclusion="We did")


def _dashboards(anne: Actor) -> None:
    for name in ("north", "south"):
        make_dashboard(
            anne,
            dashboard=DashboardDraft(
                code=name, title_nl=name, title_en=name, roles=["bookkeeper", "controller"]
            ),
        )
        change_dashboard(anne, change=DashboardChange(code=name, roles=["controller"]))
        cards = [
            add_card(anne, dashboard=name, card=CardDraft(kind="figure", subject="finance.cash"))
            for _n in range(3)
        ]
        move_card(anne, card=cards[0], by=1)
        remove_card(anne, card=cards[2])
    end_dashboard(anne, code="south")


def _alerts(anne: Actor) -> None:
    for threshold in (-1, -2):
        alert = AlertDraft(
            figure="sales.orders", comparison="above", threshold=Decimal(threshold),
            recipients=["admin"],
        )  # fmt: skip
        key = set_alert(anne, alert=alert)
        change_alert(anne, change=AlertChange(alert=key, every_minutes=30))
        mute_alert(anne, mute=MuteDraft(alert=key, until=timezone.now() + timedelta(days=1)))
    look(anne, list(Alert.objects.filter(company_id=anne.company_id)), timezone.now())


def _reports(anne: Actor) -> None:
    for dashboard in ("", "north"):
        key = schedule_report(
            anne,
            report=ScheduleDraft(
                rhythm="weekly", time="07:30", recipients=["admin"], dashboard=dashboard
            ),
        )
        change_schedule(anne, change=ScheduleChange(schedule=key, day=2))
        now = timezone.now()
        assert anne.user_id is not None
        send_report(
            anne, schedule=key, user=anne.user_id, due_at=now, content=b"", why="no_address"
        )
