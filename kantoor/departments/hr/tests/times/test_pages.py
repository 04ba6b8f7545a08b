"""Pages: a week is typed, handed in, approved and seen; what is wrong stands at its cell."""

from django.test import Client

from kantoor.departments.hr.actions.times.writing import record_hours, write_week
from kantoor.departments.hr.drafts_times import HourDraft
from kantoor.departments.hr.models import HourLine
from kantoor.departments.hr.tests.times.workers import MONDAY, Workers
from kantoor.kernel.actions.registry import action_named
from tests.founded import PASSWORD


def signed_in(name: str) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"user": name, "password": PASSWORD})
    assert answer.status_code == 302, answer.content[:500]
    return client


def test_a_week_goes_from_the_grid_to_the_proposal(workers: Workers) -> None:
    emma, mo, carla = signed_in("emma"), signed_in("mo"), signed_in("carla")
    here = "/hr/my-hours?week=2026-03-11"
    days = {f"0-{name}": "" for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    typed = {
        "week": "2026-03-09", **days, "0-mon": "1,5", "0-tue": "90m", "0-project": "P1",
        "0-customer": "K1", "0-billable": "1",
    }  # fmt: skip
    wrong = emma.post("/hr/my-hours", {**typed, "0-mon": "25:00", "0-wed": "soon"})
    assert wrong.status_code == 422 and b'aria-invalid="true"' in wrong.content
    assert emma.post("/hr/my-hours", {**typed, "submit": "1"}).status_code == 302
    page = emma.get(here).content.decode()
    assert "3:00" in page and "Ingediend" in page
    copied = emma.get("/hr/my-hours?week=2026-03-16&copy=1").content.decode()
    assert 'value="1:30"' in copied
    assert "2026-W11-E1" not in emma.get("/hr/hours-to-decide").content.decode()
    assert b"/hr/timesheets/2026-W11-E1" in mo.get("/hr/hours-to-decide").content
    url = "/hr/timesheets/2026-W11-E1"
    mo.post("/hr/do/approve-sheet", {"sheet": "2026-W11-E1", "at_once": "1", "next": url})
    line = HourLine.objects.first()
    assert line is not None
    shown = mo.get(url).content.decode()
    assert "Goedgekeurd" in shown and "correct-hours" in shown
    assert mo.get("/hr/do/correct-hours?corrections=%5B%7B%22line%22%3A1%7D%5D").status_code == 200
    assert b"Molen BV" in carla.get("/hr/hours-to-invoice").content
    for path in ("/hr/timesheets", "/hr/hour-rates", "/hr/do/set-hour-rate", "/hr/hour-margin"):
        assert carla.get(path).status_code in (200, 422), path
    assert b"2026-W11" in emma.get("/hr/my-sheets").content
    assert emma.get("/hr/hours-to-invoice").status_code == 403


def test_a_week_of_too_many_rows_is_refused_and_loses_none(workers: Workers) -> None:
    hours = [HourDraft(employee="E1", day=MONDAY, minutes=10, text=f"Mill {n}") for n in range(51)]
    record_hours(workers.helen, hours=hours)
    sent = {f"{n}-mon": "10m" for n in range(51)} | {f"{n}-text": f"Mill {n}" for n in range(51)}
    answer = signed_in("emma").post("/hr/my-hours", {"week": MONDAY.isoformat(), **sent})
    assert answer.status_code == 422 and HourLine.objects.count() == 51


def test_a_project_that_is_no_longer_in_use_is_not_lost_silently(workers: Workers) -> None:
    write_week(workers.emma, week=MONDAY, rows=[workers.row()])
    retire = action_named("finance.retire_dimension_value")
    assert retire is not None
    retire.call(workers.carla, dimension="project", code="P1")
    page = signed_in("emma").get(f"/hr/my-hours?week={MONDAY.isoformat()}").content.decode()
    assert '<option value="P1" selected>' in page
