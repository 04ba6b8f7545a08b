"""Colleagues get mail of what waits for them: requests to agree to, and deadlines that passed."""

from datetime import timedelta

from django.conf import LazySettings
from django.utils import timezone

from kantoor.departments.ict.actions.cases.desk import set_queue
from kantoor.departments.ict.actions.cases.moving import reopen_case
from kantoor.departments.ict.actions.cases.self_service import withdraw_question
from kantoor.departments.ict.actions.catalogue.arranging import add_catalogue_item
from kantoor.departments.ict.actions.catalogue.asking import request_items
from kantoor.departments.ict.actions.catalogue.deciding import redirect_approvals
from kantoor.departments.ict.actions.clocks.escalating import escalate_deadlines
from kantoor.departments.ict.actions.mail.mailboxes import MailboxDraft, add_mailbox
from kantoor.departments.ict.actions.mail.telling import send_notices
from kantoor.departments.ict.drafts_catalogue import ItemDraft, RequestDraft
from kantoor.departments.ict.models import Case, Escalation
from kantoor.departments.ict.tests.clocks.agreed import agree
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.actors.users import add_user, deactivate_user
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.models import MailOut
from kantoor.kernel.parties.actions import link_user
from tests.founded import PASSWORD


def test_administrators_hear_of_what_falls_to_who_manages_the_desk(desk: Desk) -> None:
    """Also without a role; Bo, who may not manage the desk, and Dan, who left, do not."""
    agree(desk)
    add_mailbox(
        desk.anne,
        mailbox=MailboxDraft(
            name="Desk", address="desk@bakker.example", sender_name="ICT", host="127.0.0.1",
            port=143, security="none", user="u", password="p",
        ),
    )  # fmt: skip
    for name, more in (
        ("iris", {"roles": ["ict_manager"]}),
        ("ada", {"administrator": True}),
        ("dan", {"administrator": True}),
        ("fay", {"roles": ["help_desk"]}),
    ):
        add_user(
            desk.anne, sign_in=name, name=name.title(), email=f"{name}@bakker.example",
            password=PASSWORD, **more,
        )  # fmt: skip
    deactivate_user(desk.anne, user="dan")
    desk.opened(opened_at=timezone.now() - timedelta(days=30))
    escalate_deadlines(desk.anne, now=timezone.now())
    work_off()
    addresses = {mail.to.get().address for mail in MailOut.objects.all()}
    assert addresses == {"iris@bakker.example", "ada@bakker.example"}


def test_who_must_know_is_written_to_once_without_words_of_who_asked(
    desk: Desk, settings: LazySettings
) -> None:
    settings.ADDRESS = "https://kantoor.example"
    agree(desk)
    link_user(desk.anne, user="eva", party="E1")
    link_user(desk.anne, user="bo", party="E2")
    set_queue(desk.anne, queue="desk", lead="bo")
    add_mailbox(
        desk.anne,
        mailbox=MailboxDraft(
            name="Desk", address="desk@bakker.example", sender_name="ICT", host="127.0.0.1",
            port=143, security="none", user="u", password="p",
        ),
    )  # fmt: skip
    item = ItemDraft(code="chair", name="Chair", approval="role", role="help_desk")
    add_catalogue_item(desk.anne, item=item)
    numbers = request_items(desk.eva, requests=[RequestDraft(item="chair")] * 2)
    work_off()
    # Bo has the role and an address; Cas has the role and none.
    (mail,) = MailOut.objects.filter(about__startswith="ict.notice/")
    assert mail.to.get().address == "piet@bakker.example"
    assert all(f"https://kantoor.example/ict/decisions/{each}" in mail.body for each in numbers)
    assert "Eva" not in mail.body + mail.subject and mail.automatic
    keys = list(Case.objects.values_list("pk", flat=True))
    assert send_notices(desk.bo, requests=keys, deadlines=[]) == 0
    redirect_approvals(desk.anne, numbers=numbers[:1], approver="bo")
    work_off()
    assert MailOut.objects.count() == 2
    withdraw_question(desk.eva, number=numbers[1], why="Not now")
    reopen_case(desk.bo, number=numbers[1])
    work_off()
    again = MailOut.objects.latest("pk")
    assert MailOut.objects.count() == 3 and numbers[1] in again.subject

    late = desk.opened(
        "My secret", requester="E1", queue="desk", opened_at=timezone.now() - timedelta(days=30)
    )
    escalate_deadlines(desk.anne, now=timezone.now())
    work_off()
    told = MailOut.objects.latest("pk")
    assert f"/ict/cases/{late}" in told.body and "secret" not in told.body
    count = MailOut.objects.count()
    every = list(Escalation.objects.values_list("pk", flat=True))
    assert send_notices(desk.bo, requests=[], deadlines=every) in (0, 1)
    assert send_notices(desk.bo, requests=[], deadlines=every) == 0
    assert MailOut.objects.count() - count <= 1
