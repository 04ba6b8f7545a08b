"""Reports by email: each person gets theirs once, whatever stops in between."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from kantoor.kernel.actors.users import deactivate_user
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.mail.models import MailOut, MailTo
from kantoor.kernel.mail.sending import composed
from kantoor.management.actions import sending
from kantoor.management.actions.schedules import change_schedule, schedule_report
from kantoor.management.actions.sending import due_reports, paper_for, send_report, send_reports
from kantoor.management.drafts import ScheduleChange, ScheduleDraft
from kantoor.management.models import ReportSchedule, ReportSent
from kantoor.management.queries.schedules import report_schedule, report_schedules
from kantoor.management.tests.steering import Steered


class Work:
    """A job that is never broken off."""

    def progress(self, *_args: object) -> None: ...


def scheduled(
    steered: Steered, *told: str, dashboard: str = "", ago: timedelta = timedelta(days=3)
) -> int:
    """A report of every day that has been due since."""
    key = schedule_report(
        steered.director,
        report=ScheduleDraft(
            rhythm="daily", time="00:00", recipients=told or ("dora", "boris"), dashboard=dashboard
        ),
    )
    _since(steered, key, timezone.now() - ago)
    return key


def _since(steered: Steered, key: int, at: datetime) -> None:
    from kantoor.kernel.actions.runner import action

    @action(permission="tests.write", title="Write for a test", hidden=True)
    def write_since_for_test(_actor: object, /) -> None:
        """Put the moment from which a report is sent where a test wants it."""
        row = ReportSchedule.objects.get(pk=key)
        row.since = at
        row.save()

    write_since_for_test(steered.house.administrator)


def letters() -> list[EmailMessage]:
    rows = MailTo.objects.select_related("mail__mailbox", "mail__attachment").order_by("pk")
    return [composed(row) for row in rows]


def send() -> int:
    found = send_reports.function(Work())  # type: ignore[arg-type]
    assert isinstance(found, int)
    return found


def test_each_gets_the_report_as_pdf_in_their_language(steered: Steered) -> None:
    scheduled(steered)
    assert send() == 2
    first, second = letters()
    assert (first["To"], first["Subject"]) == ("Dora <dora@kantoor.example>", "Management report")
    assert second["Subject"] == "Managementrapport"
    assert "what your roles in Kantoor allow" in first.get_body().get_content()  # type: ignore[union-attr]
    (attached,) = first.iter_attachments()
    assert attached.get_filename() == "management-report.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content().startswith(b"%PDF-")
    # The director sees more than the bookkeeper, so theirs are two different files.
    assert MailOut.objects.values("attachment__sha256").distinct().count() == 2


def test_nothing_goes_twice(steered: Steered) -> None:
    scheduled(steered)
    assert send() == 2
    assert send() == 0
    assert not sending.anything_due()
    assert MailTo.objects.count() == 2


def test_who_was_killed_in_between_goes_on_with_who_has_none_yet(
    steered: Steered, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled(steered)
    whole, calls = send_report, []

    def killed(*args: object, **given: object) -> bool:
        calls.append(given["user"])
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "send_report", killed)
    with pytest.raises(KeyboardInterrupt):
        send()
    monkeypatch.setattr(sending, "send_report", whole)
    assert send() == 1
    assert sorted(MailTo.objects.values_list("address", flat=True)) == [
        "boris@kantoor.example",
        "dora@kantoor.example",
    ]


def test_two_workers_at_once_send_one(steered: Steered) -> None:
    scheduled(steered, "dora")
    (due,) = due_reports(timezone.now())
    content, why = paper_for(due, steered.house.company)
    given = {"schedule": due.schedule.pk, "user": due.user.pk, "due_at": due.at}
    admin = steered.house.administrator
    assert send_report(admin, **given, content=content, why=why) is True  # type: ignore[arg-type]
    assert send_report(admin, **given, content=content, why=why) is False  # type: ignore[arg-type]
    assert MailTo.objects.count() == 1


def test_what_was_due_before_it_was_set_is_not_sent(steered: Steered) -> None:
    key = scheduled(steered, ago=timedelta())
    assert send() == 0
    _since(steered, key, timezone.now() - timedelta(days=40))
    # Of the days gone by the last one alone.
    assert send() == 2


def test_who_left_and_who_has_no_address_get_none_and_it_says_why(steered: Steered) -> None:
    steered.house.person("cas", "bookkeeper")
    key = scheduled(steered, "dora", "boris", "cas")
    deactivate_user(steered.house.administrator, user="boris")
    assert send() == 1
    shown = report_schedule(steered.director, schedule=key)
    assert {(row.name, row.state, row.why) for row in shown.sent} == {
        ("Dora", "waiting", ""),
        ("Boris", "none", "closed"),
        ("Cas", "none", "no_address"),
    }
    assert send() == 0


def test_a_dashboard_goes_to_those_who_may_see_something_of_it(steered: Steered) -> None:
    scheduled(steered, "dora", "boris", dashboard="hr")
    assert send() == 1
    assert [each["Subject"] for each in letters()] == ["HR"]
    assert ReportSent.objects.get(mail=None).why == "nothing"


def test_a_stopped_report_goes_to_nobody(steered: Steered) -> None:
    key = scheduled(steered)
    change_schedule(steered.director, change=ScheduleChange(schedule=key, active=False))
    _since(steered, key, timezone.now() - timedelta(days=3))
    assert send() == 0
    assert [row.active for row in report_schedules(steered.director)] == [False]


@pytest.mark.parametrize(
    "draft",
    [
        {"time": "25:00"},
        {"rhythm": "weekly", "day": 8},
        {"rhythm": "monthly", "day": 29},
        {"recipients": []},
    ],
)
def test_what_makes_no_report_is_refused(steered: Steered, draft: dict[str, object]) -> None:
    given = {"rhythm": "daily", "time": "07:30", "recipients": ["dora"], **draft}
    with pytest.raises(InvalidInput):
        schedule_report(steered.director, report=ScheduleDraft(**given))  # type: ignore[arg-type]


def test_people_without_an_account_can_not_be_named(steered: Steered) -> None:
    with pytest.raises(NotFound):
        scheduled(steered, "somebody@elsewhere.example")
