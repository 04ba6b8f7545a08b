"""The pages of management: each opens, and each form that they lead to knows what it is about."""

import re
from datetime import timedelta
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from kantoor.kernel.actors.models import User
from kantoor.management.actions.alerts import set_alert
from kantoor.management.actions.schedules import schedule_report
from kantoor.management.drafts import AlertDraft, ScheduleDraft
from kantoor.management.tests.steering import LEVEL, SALES, Steered, objective
from kantoor.shell.signing_in import session

FORM = re.compile(r'href="(/management/do/[^"]+)"')
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


def signed_in(who: str) -> Client:
    client, person = Client(), User.objects.get(sign_in=who)
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()
    return client


def test_every_page_opens_and_its_forms_know_what_they_are_about(steered: Steered) -> None:
    today = timezone.localdate()
    number = objective(steered.director, starts_on=today - timedelta(days=9), ends_on=today)
    alert = set_alert(
        steered.director,
        alert=AlertDraft(
            figure=LEVEL, comparison="above", threshold=Decimal(9), recipients=["dora"]
        ),
    )
    report = schedule_report(
        steered.director,
        report=ScheduleDraft(rhythm="monthly", time="07:30", recipients=["dora"]),
    )
    dora = signed_in("dora")
    led_to = set()
    for path in (
        "/management", "/management/dashboards", "/management/dashboards?edit=1",
        "/management/objectives", f"/management/objectives/{number}", "/management/figures",
        f"/management/figures/{SALES}", "/management/alerts", f"/management/alerts/{alert}",
        "/management/reports", f"/management/reports/{report}",
    ):  # fmt: skip
        answer = dora.get(path)
        assert answer.status_code == 200, path
        led_to |= {each.replace("&amp;", "&") for each in FORM.findall(answer.content.decode())}
    assert len(led_to) > 10
    for address in sorted(led_to):
        form = dora.get(address)
        assert form.status_code == 200, address
        for field in HIDDEN.findall(form.content.decode()):
            assert re.search(r'value="[^"]+"', field), f"{address}: {field}"


def test_a_form_to_change_something_shows_how_it_is_now(steered: Steered) -> None:
    key = set_alert(
        steered.director,
        alert=AlertDraft(
            figure=LEVEL, comparison="below", threshold=Decimal("12.5"), recipients=["boris"]
        ),
    )
    page = signed_in("dora").get(f"/management/do/change-alert?change.alert={key}").content.decode()
    assert 'value="12.5"' in page
    assert re.search(r'<input[^>]*value="boris"[^>]*checked', page)
    assert re.search(r'<option value="below" selected>', page)


def test_the_report_of_a_month_is_a_file_and_of_a_month_that_can_not_be_is_not_there(
    steered: Steered,
) -> None:
    dora = signed_in("dora")
    month = timezone.localdate().strftime("%Y-%m")
    answer = dora.get(f"/management/month-report/{month}")
    assert answer.content.startswith(b"%PDF-")
    assert f'management-report-{month}.pdf"' in answer["Content-Disposition"]
    for text in ("2026-13", "soon", "0001-01"):
        assert dora.get(f"/management/month-report/{text}").status_code == 404
    assert dora.get("/management/month-report/2090-01").status_code == 400
