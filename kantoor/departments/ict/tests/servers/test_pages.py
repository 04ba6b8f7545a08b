"""The pages of servers and backups with something on them: state, relations, steps, evidence."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.ict.actions.backups.planning import plan_backup
from kantoor.departments.ict.actions.backups.proving import record_proof
from kantoor.departments.ict.actions.backups.reporting import report_backup_run
from kantoor.departments.ict.actions.servers.checks import add_check
from kantoor.departments.ict.actions.servers.maintenance import plan_maintenance
from kantoor.departments.ict.actions.servers.watching import due_checks, keep_answers
from kantoor.departments.ict.drafts_backups import BackupPlanDraft, BackupReport
from kantoor.departments.ict.drafts_servers import CheckDraft
from kantoor.departments.ict.models import BackupProof, Maintenance
from kantoor.departments.ict.tests.people import Desk
from kantoor.departments.ict.tests.servers.watched import alert, cases, sent, web
from kantoor.departments.ict.watching.questions import Answer
from tests.founded import PASSWORD


def browser(desk: Desk, who: str, language: str = "en") -> Client:
    """Somebody who signed in."""
    client = Client()
    client.post("/sign-in", {"user": who, "password": PASSWORD, "next": "/"})
    client.cookies["language"] = language
    return client


def page(client: Client, url: str) -> str:
    """A page that opens."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.content[:500])
    return answer.content.decode()


@pytest.fixture
def down(desk: Desk) -> Desk:
    """A server that is down, and a backup whose drill failed."""
    desk.house.person("ina", "ict_manager")
    web(desk.anne)
    add_check(
        desk.anne, check=CheckDraft(server="web-01", name="site", kind="http", target="/", fails=1)
    )
    checks = due_checks(timezone.now())
    keep_answers(checks, {checks[0].pk: Answer(False, "status 500")}, timezone.now())
    sent(desk.anne, alert(labels={"instance": "web-01"}))
    later = timezone.now() + timedelta(days=1)
    plan_maintenance(
        desk.anne, begins_at=later, ends_at=later + timedelta(hours=1), why="New disks",
        servers=["web-01"],
    )  # fmt: skip
    plan_backup(desk.anne, plan=BackupPlanDraft(code="files", name="Files", server="web-01"))
    report = f'{{"ended_at": "{timezone.now().isoformat()}", "snapshot": "one"}}'
    report_backup_run(desk.anne, report=BackupReport(plan="files", report=report))
    record_proof(
        desk.anne, plan="files", kind="drill", ok=False, seconds=3, wrong=1, message="1 of 2",
        evidence="changed  'letter.txt'\n",
    )  # fmt: skip
    return desk


def test_a_servers_page_shows_what_is_the_matter(down: Desk) -> None:
    shown = page(browser(down, "ina"), "/ict/servers/web-01")
    change = "/ict/do/change-check?change.server=web-01&amp;change.name=site"
    for words in (
        "Down",
        "status 500",
        "New disks",
        str(cases()[0]),
        "Add a check",
        "Mail",
        change,
    ):
        assert words in shown, words
    dutch = page(browser(down, "ina", "nl"), "/ict/servers/web-01")
    assert "Voeg een controle toe" in dutch
    helper = page(browser(down, "bo"), "/ict/servers/web-01")
    assert "Add a check" not in helper
    assert browser(down, "eva").get("/ict/servers/web-01").status_code == 403
    assert browser(down, "ina").get("/ict/servers/none").status_code == 404


def test_lists_and_status_show_it_too(down: Desk) -> None:
    client = browser(down, "ina")
    assert "web-01" in page(client, "/ict/servers?state=down")
    assert "HostDown" in page(client, "/ict/alerts?state=firing")
    assert "New disks" in page(client, "/ict/maintenance?over=0")
    assert "Failed" in page(client, "/ict/backups")
    status = page(browser(down, "eva"), "/ict/status")
    for words in ("Mail", "Down", "1 service is disturbed", "New disks"):
        assert words in status, words
    assert "web-01" not in status


def test_maintenance_is_ended_from_the_list(down: Desk) -> None:
    row = Maintenance.objects.get()
    answer = browser(down, "ina").post(
        "/ict/maintenance/bulk/ict-end-maintenance", {"selected": [str(row.pk)]}
    )
    assert answer.status_code in (200, 302), answer.content[:300]
    row.refresh_from_db()
    assert row.ends_at == row.begins_at


def test_a_backups_page_shows_what_was_proved_and_its_evidence(down: Desk) -> None:
    client = browser(down, "ina")
    shown = page(client, "/ict/backups/files")
    for words in ("Failed", "1 of 2", "Try a restore", "Restore drill", "never"):
        assert words in shown, words
    proof = BackupProof.objects.get()
    answer = client.get(f"/ict/backup-proofs/{proof.pk}/evidence")
    assert b"letter.txt" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    assert browser(down, "eva").get(f"/ict/backup-proofs/{proof.pk}/evidence").status_code == 403


def test_forms_know_what_there_is(down: Desk) -> None:
    client = browser(down, "ina")
    form = page(client, "/ict/do/change-server?change.code=web-01")
    assert "10.0.0.5" in form
    assert "Files" in page(client, "/ict/do/change-backup-plan?change.code=files")
    assert "web-01" in page(client, "/ict/do/add-check?check.server=web-01")
    assert "/ict/servers?" in page(client, "/")
    assert "1 server is down" in page(client, "/")
    assert "1 backup is not proved" in page(client, "/")
    form = page(client, "/ict/do/change-check?change.server=web-01&change.name=site")
    assert "Waits at most so many seconds" in form
    assert page(client, "/ict/do/plan-maintenance")
