"""Rows in every table of the service desk, for `complete.py`."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.drafts_people import ContractChange
from kantoor.departments.ict.actions.articles.using import article_helped, use_article
from kantoor.departments.ict.actions.articles.writing import write_article
from kantoor.departments.ict.actions.canned.keeping import keep_canned_answer, keep_case_template
from kantoor.departments.ict.actions.cases.charging import (
    post_case_charges,
    set_charge_settings,
)
from kantoor.departments.ict.actions.cases.desk import add_queue, add_service
from kantoor.departments.ict.actions.cases.devices import link_devices
from kantoor.departments.ict.actions.cases.linking import merge_cases
from kantoor.departments.ict.actions.cases.moving import resolve_case
from kantoor.departments.ict.actions.cases.noting import add_notes
from kantoor.departments.ict.actions.cases.opening import open_case, open_cases
from kantoor.departments.ict.actions.cases.working import set_work_rates, write_works
from kantoor.departments.ict.actions.catalogue.arranging import add_catalogue_item
from kantoor.departments.ict.actions.catalogue.asking import request_items
from kantoor.departments.ict.actions.clocks.escalating import escalate_deadlines
from kantoor.departments.ict.actions.clocks.levels import add_service_level
from kantoor.departments.ict.actions.clocks.warning import warn_of_deadlines
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.actions.satisfaction.opinions import take_opinion
from kantoor.departments.ict.drafts import CaseDraft, NoteDraft
from kantoor.departments.ict.drafts_articles import ArticleDraft
from kantoor.departments.ict.drafts_canned import AnswerDraft, TemplateDraft
from kantoor.departments.ict.drafts_catalogue import FieldDraft, ItemDraft, RequestDraft
from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.drafts_devices import DeviceDraft
from kantoor.departments.ict.drafts_work import WorkDraft, WorkRateDraft
from kantoor.departments.ict.models import Case, ClockWarning
from kantoor.departments.ict.queries.satisfaction.asked import opinion_token
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.actions import add_calendar
from kantoor.kernel.files.models import File
from kantoor.kernel.parties.actions import link_user


def cases(anne: Actor) -> None:
    """Everything of the service desk that leaves rows."""
    link_user(anne, user="bo", party="K2")
    link_user(anne, user="cas", party="K3")
    targets = [TargetDraft(clock="response", priority=n, minutes=60 * n) for n in (1, 2, 3)]
    for code in ("office", "always"):
        add_calendar(anne, code=code, name=code.title())
        add_service_level(
            anne, code=code, name=code.title(), calendar=code, targets=targets, standard=True
        )
    for code in ("desk", "network"):
        add_queue(anne, code=code, name=code.title(), members=["bo", "cas"])
        add_service(anne, code=code, name=code.title(), owner="bo")
    files = list(File.objects.filter(company_id=anne.company_id).values_list("pk", flat=True)[:2])
    drafts = [
        CaseDraft(title=f"Case {n}", queue="desk", assignee="bo", requester="K2") for n in range(3)
    ]
    opened = open_cases(anne, cases=drafts)
    notes = [NoteDraft(case=each.number, text="Looked at it", files=files) for each in opened]
    add_notes(anne, notes=notes)
    warn_of_deadlines(anne, now=timezone.now() + timedelta(days=30))
    assert ClockWarning.objects.count() > 1
    for number in register_devices(anne, devices=[DeviceDraft(kind="computer", name="Laptop")] * 2):
        link_devices(anne, number=opened[0].number, devices=[number])
    write_works(anne, works=[WorkDraft(case=each.number, minutes=20) for each in opened])
    rates = [WorkRateDraft(start=date(2024, 1, 1), rate=Decimal(n)) for n in (40, 45)]
    set_work_rates(anne, rates=rates)
    extra = open_cases(anne, cases=[CaseDraft(title=f"Double {n}") for n in range(2)])
    merge_cases(anne, numbers=[each.number for each in extra], into=opened[1].number)
    resolve_case(anne, number=opened[0].number, text="Done", code="fixed")
    for each in opened[:2]:
        if each is not opened[0]:
            resolve_case(anne, number=each.number, text="Done too")
        asked = opinion_token(Case.objects.get(pk=each.id))
        take_opinion(anne, token=asked, score=2, text="It took a week")
    _catalogue(anne)
    _texts(anne)
    for n, each in enumerate(opened[:2]):
        code = write_article(anne, article=ArticleDraft(title=f"Known {n}", text="Do this"))
        use_article(anne, article=code, numbers=[each.number])
        article_helped(anne, article=code)
    late = [
        CaseDraft(title=f"Late {n}", queue="desk", opened_at=timezone.now() - timedelta(days=30))
        for n in range(2)
    ]
    open_cases(anne, cases=late)
    escalate_deadlines(anne, now=timezone.now())


def case_charges(anne: Actor, *, accounts: Sequence[str]) -> None:
    """Two bookings of what was done for Mo of HR's people, by two settings."""
    change = ContractChange(employee="M1", from_day=date(2025, 1, 1), cost_centre="200")
    change_contract(anne, change=change)
    number = open_case(anne, case=CaseDraft(title="Charged", requester="M1")).number
    for account in accounts:
        set_charge_settings(anne, cost=account, covered=account, cost_centre="100")
        write_works(anne, works=[WorkDraft(case=number, minutes=20)])
        assert post_case_charges(anne, month=timezone.localdate()).entry


def _texts(anne: Actor) -> None:
    """Two canned answers and two templates."""
    for code in ("one", "two"):
        answer = AnswerDraft(code=code, name=code.title(), text_nl="Dag {requester}")
        keep_canned_answer(anne, answer=answer)
        template = TemplateDraft(code=code, name=code.title(), title_nl="Wachtwoord", queue="desk")
        keep_case_template(anne, template=template)


def _catalogue(anne: Actor) -> None:
    """Two items of the catalogue, asked for by the desk."""
    fields = [FieldDraft(label="Model"), FieldDraft(label="Why", kind="long")]
    # Nobody's manager is known, so that who manages the desk decides on the laptops.
    for code, approval, role in (("laptop", "manager", ""), ("phone", "role", "help_desk")):
        item = ItemDraft(
            code=code, name=code.title(), queue="desk", service="desk", approval=approval,  # type: ignore[arg-type]
            role=role, tasks="Order it\nInstall it", fields=fields,
        )  # fmt: skip
        add_catalogue_item(anne, item=item)
    answers = {"model": "Small", "why": "New colleague"}
    drafts = [RequestDraft(item="laptop", answers=answers, requester="K2")] * 2
    request_items(anne, requests=drafts)
