"""Alerts over the database: who is told, once, and who is not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.actors.users import deactivate_user
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.mail.models import MailTo
from kantoor.management.actions import watching
from kantoor.management.actions.alerts import change_alert, mute_alert, set_alert
from kantoor.management.actions.watching import due_alerts, look, note_alert
from kantoor.management.drafts import AlertChange, AlertDraft, MuteDraft
from kantoor.management.models import Alert, AlertNotice
from kantoor.management.queries.alerts import alert, alerts, my_alerts, my_notice_count, my_notices
from kantoor.management.tests.steering import LEVEL, SECRET, Steered


def watch(
    steered: Steered, *, figure: str = LEVEL, told: tuple[str, ...] = ("dora", "boris")
) -> int:
    """An alert above 100, normal again at 80."""
    return set_alert(
        steered.house.administrator,
        alert=AlertDraft(
            figure=figure, comparison="above", threshold=Decimal(100), back=Decimal(80),
            recipients=told, every_minutes=5,
        ),
    )  # fmt: skip


def seen(steered: Steered, value: int, hours: int = 0) -> None:
    """All alerts looked at, with the level at a value."""
    steered.says.level = value
    rows = list(Alert.objects.filter(company=steered.house.company).order_by("pk"))
    look(console_actor(steered.house.company), rows, timezone.now() + timedelta(hours=hours))


def written() -> list[tuple[str, str]]:
    return list(MailTo.objects.order_by("pk").values_list("address", "mail__subject"))


def test_each_crossing_is_told_once_to_everybody_named_in_their_language(steered: Steered) -> None:
    watch(steered)
    seen(steered, 150)
    seen(steered, 160, 1)
    seen(steered, 90, 2)
    assert written() == [
        ("dora@kantoor.example", "Stock is above 100: 150"),
        ("boris@kantoor.example", "Stock is hoger dan 100: 150"),
    ]
    seen(steered, 80, 3)
    assert written()[2:] == [
        ("dora@kantoor.example", "Stock is back to normal: 80"),
        ("boris@kantoor.example", "Stock is weer normaal: 80"),
    ]


def test_a_second_worker_that_saw_the_same_tells_nobody_again(steered: Steered) -> None:
    key = watch(steered)
    stale = [Alert.objects.get(pk=key)]
    steered.says.level = 150
    actor, now = console_actor(steered.house.company), timezone.now()
    assert look(actor, stale, now) == 1
    assert look(actor, [Alert.objects.get(pk=key)], now) == 0
    # The other one read the row before the first wrote it.
    assert note_alert(actor, alert=key, value=(150, 1), at=now) is False
    assert AlertNotice.objects.count() == 1
    assert len(written()) == 2


def test_who_may_not_see_the_figure_is_told_nothing_of_it(steered: Steered) -> None:
    watch(steered, figure=SECRET)
    seen(steered, 150)
    assert written() == []
    assert AlertNotice.objects.count() == 1
    assert alerts(steered.director).rows == []
    with pytest.raises(NotFound):
        alert(steered.director, alert=Alert.objects.get().pk)


def test_who_left_is_told_nothing(steered: Steered) -> None:
    watch(steered)
    deactivate_user(steered.house.administrator, user="boris")
    seen(steered, 150)
    assert [address for address, _subject in written()] == ["dora@kantoor.example"]


def test_a_muted_alert_is_noted_and_told_to_nobody(steered: Steered) -> None:
    key = watch(steered)
    until = timezone.now() + timedelta(hours=2)
    mute_alert(steered.director, mute=MuteDraft(alert=key, until=until))
    seen(steered, 150)
    assert written() == []
    assert my_notices(steered.director, since=timezone.now() - timedelta(days=1)) == []
    seen(steered, 70, 3)
    assert [subject for _address, subject in written()] == [
        "Stock is back to normal: 70",
        "Stock is weer normaal: 70",
    ]
    assert [each.muted for each in alert(steered.director, alert=key).notices] == [False, True]


def test_as_many_notices_are_counted_as_are_told(steered: Steered) -> None:
    since = timezone.now() - timedelta(days=1)
    watch(steered, figure=SECRET)
    key = watch(steered)
    seen(steered, 150)
    seen(steered, 80, 3)
    for someone, many in ((steered.director, 2), (steered.house.administrator, 0)):
        assert len(my_notices(someone, since=since)) == many
        assert my_notice_count(someone, since=since) == many
    until = timezone.now() + timedelta(hours=9)
    mute_alert(steered.director, mute=MuteDraft(alert=key, until=until))
    seen(steered, 150, 6)
    assert my_notice_count(steered.director, since=since) == 2
    later = timezone.now() + timedelta(days=1)
    assert my_notice_count(steered.director, since=later) == 0


def test_a_raised_alert_waits_on_today_for_those_it_names(steered: Steered) -> None:
    watch(steered, told=("dora",))
    assert my_alerts(steered.director) == []
    seen(steered, 150)
    assert [row.shown for row in my_alerts(steered.director)] == ["150"]
    assert my_alerts(steered.bookkeeper) == []


def test_a_changed_threshold_begins_anew(steered: Steered) -> None:
    key = watch(steered)
    seen(steered, 150)
    change_alert(steered.director, change=AlertChange(alert=key, threshold=Decimal(200)))
    assert Alert.objects.get(pk=key).state == "quiet"
    seen(steered, 150, 1)
    assert AlertNotice.objects.count() == 1


def test_an_alert_is_due_after_as_long_as_it_says_and_when_it_is_in_use(steered: Steered) -> None:
    key = watch(steered)
    now = timezone.now()
    assert [row.pk for row in due_alerts(now)] == [key]
    seen(steered, 1)
    assert due_alerts(now + timedelta(minutes=4)) == []
    assert [row.pk for row in due_alerts(now + timedelta(minutes=6))] == [key]
    change_alert(steered.director, change=AlertChange(alert=key, active=False))
    assert due_alerts(now + timedelta(minutes=6)) == []


def test_each_figure_is_asked_once_however_many_alerts_it_has(steered: Steered) -> None:
    for _n in range(3):
        watch(steered)
    steered.says.asked.clear()
    seen(steered, 1)
    assert steered.says.asked == [(LEVEL, 1)]


def test_the_worker_looks_at_what_is_due(steered: Steered) -> None:
    watch(steered)
    steered.says.level = 150
    assert watching.anything_due()
    assert watching.look_at_alerts.function(_Work()) == 1  # type: ignore[arg-type]
    assert not watching.anything_due()


class _Work:
    def progress(self, *_args: object) -> None: ...


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("back", {"back": Decimal(101)}),
        ("every_minutes", {"every_minutes": 1}),
        ("recipients", {"recipients": []}),
        ("threshold", {"threshold": Decimal(10) ** 20}),
    ],
)
def test_what_makes_no_alert_is_refused(
    steered: Steered, field: str, draft: dict[str, object]
) -> None:
    given = {
        "figure": LEVEL,
        "comparison": "above",
        "threshold": Decimal(100),
        "recipients": ["dora"],
    }
    with pytest.raises(InvalidInput) as refused:
        set_alert(steered.director, alert=AlertDraft(**{**given, **draft}))  # type: ignore[arg-type]
    assert refused.value.place.field == field


def test_nobody_watches_a_figure_that_they_may_not_see(steered: Steered) -> None:
    draft = AlertDraft(figure=SECRET, comparison="above", threshold=Decimal(1), recipients=["dora"])
    with pytest.raises(NotAllowed):
        set_alert(steered.director, alert=draft)
