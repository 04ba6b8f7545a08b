"""Two who write one week do not overwrite each other silently: the later is told, and decides."""

import html
import re
from datetime import timedelta

import pytest

from kantoor.departments.hr.actions.times.writing import record_hours, write_week
from kantoor.departments.hr.drafts_times import HourDraft
from kantoor.departments.hr.errors_times import SheetState, WeekChanged
from kantoor.departments.hr.models import HourLine, HourSheet
from kantoor.departments.hr.queries.times.sheets import my_week
from kantoor.departments.hr.tests.times.test_pages import signed_in
from kantoor.departments.hr.tests.times.workers import MONDAY, Workers

SAID = "Deze uren zijn veranderd sinds je deze pagina opende"


def minutes() -> list[int]:
    return sorted(HourLine.objects.values_list("minutes", flat=True))


def test_a_week_that_changed_since_it_was_read_is_not_overwritten(workers: Workers) -> None:
    read = my_week(workers.emma, week=MONDAY).version
    write_week(workers.emma, week=MONDAY, rows=[workers.row(mon=60)], version=read)
    with pytest.raises(WeekChanged):
        write_week(workers.emma, week=MONDAY, rows=[workers.row(mon=90)], version=read)
    assert minutes() == [60]
    again = my_week(workers.emma, week=MONDAY).version
    hour = HourDraft(employee="E1", day=MONDAY + timedelta(days=1), minutes=30)
    record_hours(workers.helen, hours=[hour])
    with pytest.raises(WeekChanged):
        write_week(workers.emma, week=MONDAY, rows=[], version=again)
    assert minutes() == [30, 60]
    write_week(workers.emma, week=MONDAY, rows=[workers.row(mon=90)])
    assert minutes() == [90], "who says no version writes in place of what is there"


def test_the_same_hours_written_again_are_a_change_too(workers: Workers) -> None:
    write_week(workers.emma, week=MONDAY, rows=[workers.row(mon=60)])
    read = my_week(workers.emma, week=MONDAY).version
    write_week(workers.emma, week=MONDAY, rows=[workers.row(mon=60)], version=read)
    assert my_week(workers.emma, week=MONDAY).version != read


def test_a_week_is_kept_and_handed_in_at_once_or_not_at_all(workers: Workers) -> None:
    with pytest.raises(SheetState):
        write_week(workers.emma, week=MONDAY, rows=[], submit=True)
    assert not HourSheet.objects.exists()
    write_week(workers.emma, week=MONDAY, rows=[workers.row(mon=60)], submit=True)
    assert HourSheet.objects.get().state == "submitted"


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_on_the_page_the_later_is_told_and_overwrites_only_by_pressing_again(
    workers: Workers,
) -> None:
    one, other = signed_in("emma"), signed_in("emma")
    here = f"/hr/my-hours?week={MONDAY}"
    opened = version_on(one.get(here).content.decode())
    assert version_on(other.get(here).content.decode()) == opened
    typed = {"week": str(MONDAY), "version": opened, "0-text": "Mill"}
    assert one.post("/hr/my-hours", {**typed, "0-mon": "1"}).status_code == 302
    wrong = other.post("/hr/my-hours", {**typed, "0-mon": "soon"})
    assert wrong.status_code == 422
    assert version_on(wrong.content.decode()) == opened, "a slip of typing forgets no change"
    told = other.post("/hr/my-hours", {**typed, "0-mon": "2", "submit": "1"})
    page = html.unescape(told.content.decode())
    assert told.status_code == 422
    assert SAID in page
    assert 'value="2"' in page
    assert minutes() == [60]
    assert HourSheet.objects.get().state == "draft"
    known = {**typed, "version": version_on(page), "0-mon": "2"}
    assert other.post("/hr/my-hours", known).status_code == 302
    assert minutes() == [120]
