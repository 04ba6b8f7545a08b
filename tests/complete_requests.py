"""Rows of requests between departments, duties and checklists, for tests that go through all tables."""

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.procedures.actions.asking import ask_service
from kantoor.procedures.actions.checklist_account import give_checklists_role
from kantoor.procedures.actions.checklist_templates import keep_checklist
from kantoor.procedures.actions.checklists import start_checklist, tick_item
from kantoor.procedures.actions.duties import do_duty, let_duties_come
from kantoor.procedures.actions.duty_drafts import keep_duty
from kantoor.procedures.actions.request_kinds import AskedField, KindDraft, keep_request_kind
from kantoor.procedures.actions.requests import do_request, remark_on_request, take_request
from kantoor.procedures.drafts import ChecklistDraft, DutyDraft, ItemDraft
from kantoor.procedures.models import DutyTime


def requests(anne: Actor) -> None:
    """Kinds of request, requests with what was said, checklists that observe, duties that came."""
    field = AskedField(name="which", label="Which one", label_nl="Welke")
    for code in ("copy", "chair"):
        draft = KindDraft(code=code, name=code, role="administrator", days=2, clock="always")
        keep_request_kind(anne, draft=draft, fields=[field])
    for number in range(2):
        made = ask_service(anne, kind="copy", values={"which": f"F-{number}"}).request
        assert made is not None
        take_request(anne, request=made)
        remark_on_request(anne, request=made, text="Of which year?")
    do_request(anne, request=1, answer="Sent")
    _checklists(anne)
    _duties(anne)


def _checklists(anne: Actor) -> None:
    observed = ItemDraft(
        title="Nothing waits", query="procedures.requests", given="state='asked'; kind=kind",
        holds="len(result.rows) == 0", listens="finance.period_closed",
    )  # fmt: skip
    for code in ("evening", "morning"):
        draft = ChecklistDraft(code=code, name=code, inputs="kind")
        keep_checklist(anne, draft=draft, items=[observed, ItemDraft(title="Lock the door")])
    give_checklists_role(anne, role="controller")
    for code in ("evening", "morning"):
        run = start_checklist(anne, checklist=code, values={"kind": "copy"})
        tick_item(anne, run=run, item=2, note="Locked")


def _duties(anne: Actor) -> None:
    today = timezone.localdate()
    for code in ("drill", "tidy"):
        draft = DutyDraft(
            code=code, name=code, role="administrator", unit="month", day=today.day,
            starts_on=today, lead_days=1,
        )  # fmt: skip
        keep_duty(anne, draft=draft)
    let_duties_come(anne)
    first = DutyTime.objects.filter(company=anne.company_id).order_by("pk").first()
    assert first is not None
    do_duty(anne, time=first.pk, evidence="Everybody was out")
