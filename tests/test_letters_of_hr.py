"""Letters of HR from the company's mailbox: leave that lapses, and a clock-out that was forgotten."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.hr.actions.leave.asking import record_leave
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.mailing import mail_of_lapse
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.actions.times.clocking import record_clock_marks
from kantoor.departments.hr.actions.times.reminding import (
    anybody_in,
    mail_forgotten_clock_outs,
    remind_of_clock_outs,
)
from kantoor.departments.hr.drafts_leave import LeaveDraft
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.hr.drafts_times import ClockMarkDraft
from kantoor.departments.hr.errors_leave import NoMailbox, WarnedTooLate
from kantoor.departments.hr.models import LeaveLot
from kantoor.departments.hr.tests.people.staff import FULL_TIME, Staff, begin_staff
from kantoor.departments.hr.tests.people.test_pages import page
from kantoor.departments.ict.actions.mail.mailboxes import MailboxDraft, add_mailbox
from kantoor.departments.ict.queries.mail.boxes import message_sent
from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.actors.users import choose_language
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.bounces.found import FAILED, Failure
from kantoor.kernel.mail.bouncing import note_unreachable
from kantoor.kernel.mail.models import MailOut, MailTo
from kantoor.kernel.mail.tests.test_sending import do_to_mail
from kantoor.kernel.parties.models import Party

YEAR = timezone.localdate().year
NINA, KEES = "nina@bakker.example", "kees@bakker.example"


@pytest.fixture(autouse=True)
def mail_server(settings: Any) -> None:
    """Somewhere to hand mail in; nothing is, since the job that does is not run here."""
    settings.SMTP = "smtp://127.0.0.1:9"


@pytest.fixture
def office(db: None) -> Staff:
    """Nina reads English and Kees has no account; Emma (E1) has no address. Last year's leave."""
    staff = begin_staff()
    nina = staff.house.person("nina", "employee")
    choose_language(nina, language="en")
    began = date(YEAR - 1, 1, 1)
    hart = HireDraft(
        name="Nina Hart", employee="N1", start=began, email=NINA, sign_in="nina", **FULL_TIME
    )
    hire_employees(staff.house.administrator, employees=[hart])
    staff.hire("K1", start=began, name="Kees Kok", email=KEES.title())
    set_up_leave(staff.helen)
    grant_leave(staff.helen, year=YEAR)
    return staff


def mailbox(staff: Staff) -> None:
    draft = MailboxDraft(
        name="desk", address="desk@bakker.example", sender_name="Bakker", host="localhost",
        user="desk", password="five brown foxes",
    )  # fmt: skip
    add_mailbox(staff.house.administrator, mailbox=draft)


def letters(address: str) -> list[MailOut]:
    rows = MailTo.objects.filter(address=address, state="waiting").order_by("pk")
    return [row.mail for row in rows.select_related("mail")]


def warned(staff: Staff, code: str) -> list[date | None]:
    rows = LeaveLot.objects.filter(party_id=staff.party(code), rule__must_warn=True, year=YEAR)
    return list(rows.values_list("warned_on", flat=True))


def test_people_are_mailed_in_their_language_what_lapses_and_when_and_that_warns_them(
    office: Staff,
) -> None:
    mailbox(office)
    done = mail_of_lapse(office.helen, year=YEAR)
    assert (done.people, done.without_address) == (2, ["E1", "E2", "M1"])
    english, dutch = letters(NINA), letters(KEES)
    assert len(english) == len(dutch) == 1
    assert english[0].subject == f"Your leave of {YEAR} lapses"
    assert "160:00 hours" in english[0].body
    assert f"1 July {YEAR + 1}" in english[0].body
    assert dutch[0].subject == f"Je verlof van {YEAR} vervalt"
    assert f"1 juli {YEAR + 1}" in dutch[0].body
    assert english[0].automatic
    today = timezone.localdate()
    assert warned(office, "N1") == warned(office, "K1") == [today]
    assert warned(office, "E1") == [None], "who was not told keeps it"
    lot = LeaveLot.objects.get(party_id=office.party("N1"), rule__must_warn=True, year=YEAR)
    assert lot.lapses == date(YEAR + 1, 7, 1)


def test_a_lot_is_mailed_of_once(office: Staff) -> None:
    mailbox(office)
    assert mail_of_lapse(office.helen, year=YEAR, employees=["N1"]).people == 1
    assert mail_of_lapse(office.helen, year=YEAR).people == 1
    assert mail_of_lapse(office.helen, year=YEAR).people == 0
    assert len(letters(NINA)) == len(letters(KEES)) == 1


def test_whose_mail_came_back_and_who_took_all_are_not_warned(office: Staff) -> None:
    mailbox(office)
    failure = Failure(KEES, FAILED, "5.1.1", "no such user")
    do_to_mail(office.house.administrator, work=lambda: note_unreachable(office.helen, [failure]))
    first = date(YEAR, 2, 1)
    first += timedelta(days=-first.weekday() % 7)
    last = first + timedelta(days=5 * 7 - 3)  # five weeks, without a holiday
    record_leave(office.helen, leave=LeaveDraft(employee="N1", first=first, last=last))
    done = mail_of_lapse(office.helen, year=YEAR)
    assert done.people == 0
    assert "K1" in done.without_address
    assert "N1" not in done.without_address
    assert warned(office, "K1") == warned(office, "N1") == [None]


def test_without_a_way_to_send_or_too_late_nobody_is_noted_as_warned(
    office: Staff, settings: Any
) -> None:
    with pytest.raises(NoMailbox):
        mail_of_lapse(office.helen, year=YEAR)
    mailbox(office)
    settings.SMTP = ""
    with pytest.raises(NoMailbox):
        mail_of_lapse(office.helen, year=YEAR)
    settings.SMTP = "smtp://127.0.0.1:9"
    grant_leave(office.helen, year=YEAR - 2)
    office_began = LeaveLot.objects.filter(year=YEAR - 2, rule__must_warn=True)
    assert office_began.exists()
    with pytest.raises(WarnedTooLate):
        mail_of_lapse(office.helen, year=YEAR - 2)
    with pytest.raises(NotAllowed):
        mail_of_lapse(office.emma, year=YEAR)
    assert not MailOut.objects.exists()
    assert warned(office, "N1") == [None]


def test_the_desk_whose_mailbox_it_is_does_not_read_the_letter(office: Staff) -> None:
    mailbox(office)
    mail_of_lapse(office.helen, year=YEAR, employees=["N1"])
    shown = message_sent(office.house.person("ivo", "ict_manager"), id=letters(NINA)[0].pk)
    assert "160:00" not in shown.body


def clocked_in(office: Staff, *codes: str, hours_ago: float = 20) -> None:
    at = timezone.now() - timedelta(hours=hours_ago)
    marks = [ClockMarkDraft(employee=code, at=at, kind="in") for code in codes]
    record_clock_marks(office.helen, marks=marks)


def remind() -> None:
    remind_of_clock_outs.enqueue_once("scheduled", installation_actor())
    work_off()


def test_who_forgot_to_clock_out_is_mailed_once_for_each_time(office: Staff) -> None:
    mailbox(office)
    clocked_in(office, "N1", "E1")
    clocked_in(office, "K1", hours_ago=8)
    assert anybody_in()
    remind()
    acts = MailOut.objects.count()
    remind()
    assert MailOut.objects.count() == acts == 1
    assert mail_forgotten_clock_outs(office.helen) == 1, "told before, and not again"
    assert MailOut.objects.count() == 1
    assert letters(NINA)[0].subject == "You forgot to clock out"
    assert "Tell your manager when you left" in letters(NINA)[0].body
    assert not letters(KEES), "eight hours is a day's work"
    clocked_in(office, "N1", hours_ago=17)
    remind()
    assert len(letters(NINA)) == 2


def test_what_was_forgotten_long_ago_is_not_mailed_and_without_a_mailbox_nobody_is(
    office: Staff,
) -> None:
    clocked_in(office, "N1")
    assert not anybody_in()
    remind()
    mailbox(office)
    clocked_in(office, "K1", hours_ago=24 * 4)
    remind()
    assert not letters(KEES)
    assert len(letters(NINA)) == 1


def test_today_says_that_one_forgot_to_clock_out(office: Staff) -> None:
    nina = office.house.again("nina")
    assert "and not out" not in page(nina, "/")
    clocked_in(office, "N1")
    assert "and not out" in page(nina, "/")


def test_letters_to_more_people_take_no_more_statements(office: Staff) -> None:
    mailbox(office)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            mail_of_lapse(office.helen, year=YEAR)
        return len(seen)

    few = statements()
    for n in range(12):
        office.hire(f"X{n:02}", name=f"X {n}", email=f"x{n}@bakker.example")
    grant_leave(office.helen, year=YEAR)
    many = statements()
    assert Party.objects.filter(email__startswith="x").count() == 12
    assert many <= few + 3, "ids of rows come in lots"
