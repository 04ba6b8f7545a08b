"""Mailings are steered together, gathered in lots, and make place for others."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from kantoor.departments.communication.actions.items.publishing import (
    publish_item,
    withdraw_item,
)
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.mailings import sending
from kantoor.departments.communication.actions.mailings.gathering import (
    add_recipients,
    await_recipients,
    end_gathering,
)
from kantoor.departments.communication.actions.mailings.lots import hold_mailing
from kantoor.departments.communication.actions.mailings.measuring import note_followed, note_opened
from kantoor.departments.communication.actions.mailings.sending import gather_recipients
from kantoor.departments.communication.actions.mailings.sending_off import send_items
from kantoor.departments.communication.actions.mailings.steering import (
    decide_doubt,
    pause_mailing,
    pause_mailings,
    resume_mailing,
    resume_mailings,
    stop_mailings,
)
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.drafts_mailings import MailingDraft
from kantoor.departments.communication.errors import NotReady, UnknownAudience, UnknownItem
from kantoor.departments.communication.models import Mailing, MailingTo
from kantoor.departments.communication.queries.mailings.choosing import reach_in_words
from kantoor.departments.communication.queries.mailings.mailings import (
    figures_of_items,
    mailing,
    mailing_recipients,
    mailings,
)
from kantoor.departments.communication.recipients import Recipient
from kantoor.departments.communication.tests.mailings.conftest import (
    Newsroom,
    due_again,
    run,
    state_of,
)
from kantoor.kernel.actors.actor import console_actor, installation_actor
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.tests.post import Post


def test_mailings_are_paused_resumed_and_stopped_together(newsroom: Newsroom, post: Post) -> None:
    drafts = [MailingDraft(item=newsroom.publish(f"Item {n}"), confirmed=3) for n in range(2)]
    both = send_items(newsroom.nora, mailings=drafts)
    assert pause_mailings(newsroom.nora, mailings=both) == 2
    assert resume_mailings(newsroom.nora, mailings=both) == 2
    assert stop_mailings(newsroom.nora, mailings=both) == 2
    assert [state_of(each) for each in both] == ["stopped"] * 2
    with pytest.raises(NotFound):
        pause_mailing(newsroom.nora, mailing="none")
    run()
    assert not post.taken


def test_only_published_items_go_and_only_to_what_is_there(newsroom: Newsroom) -> None:
    draft = ItemDraft(kind="newsletter", title="Draft", body="x\n", language="en")
    code = write_item(newsroom.nora, item=draft)
    with pytest.raises(NotReady):
        newsroom.send(code)
    with pytest.raises(UnknownItem):
        newsroom.send("none")
    published = newsroom.publish()
    with pytest.raises(UnknownAudience):
        newsroom.send(published, audience="none")
    with pytest.raises(InvalidInput):
        newsroom.send(published, per_minute=-1)
    with pytest.raises(NotReady):
        newsroom.send(published, mailbox="none")
    eva = newsroom.house.person("eva2", "employee")
    for look in (mailings, mailing_recipients):
        with pytest.raises(NotAllowed):
            look(eva)
    assert not Mailing.objects.exists()


def test_a_mailing_that_a_backup_brought_back_stands_still_until_a_person_says_so(
    newsroom: Newsroom, post: Post
) -> None:
    uid = newsroom.send()
    (settings.DATA / "mailings" / f"{uid}.begun").unlink()
    run()
    assert not post.taken
    row = Mailing.objects.get(uid=uid)
    assert (row.state, "backup" in row.trouble) == ("paused", True)
    hold_mailing(console_actor(newsroom.house.company), mailing_id=row.pk)
    resume_mailing(newsroom.nora, mailing=uid)
    run()
    assert len(post.taken) == 3
    assert not (settings.DATA / "mailings" / f"{uid}.begun").exists()


def test_a_mailing_waits_for_its_moment(newsroom: Newsroom, post: Post) -> None:
    newsroom.send(not_before=timezone.now() + timedelta(hours=1))
    assert not sending.anything_due()
    run()
    assert not post.taken


def test_many_are_written_down_by_a_job_of_its_own_each_once(
    newsroom: Newsroom, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FEW", 0)
    uid = newsroom.send()
    row, actor = Mailing.objects.get(uid=uid), console_actor(newsroom.house.company)
    twice = [Recipient(name="Eva", address="eva@example.org")] * 2
    assert add_recipients(actor, mailing_id=row.pk, recipients=twice) == 1
    await_recipients(actor, mailing_id=row.pk)
    assert not sending.anything_due()
    gather_recipients.enqueue(installation_actor(), mailing_id=row.pk)
    work_off()
    run()
    assert [len(post.to(a)) for a in newsroom.states()] == [1, 1, 1]
    end_gathering(actor, mailing_id=row.pk)
    assert add_recipients(actor, mailing_id=row.pk, recipients=twice) == 0
    assert mailing(newsroom.nora, uid=uid).counts == {"sent": 3}


def test_a_crisis_goes_out_before_what_was_waiting(newsroom: Newsroom, post: Post) -> None:
    newsroom.send()
    draft = ItemDraft(kind="crisis", title="Fire", body="Leave.\n", language="en")
    code = write_item(newsroom.nora, item=draft)
    publish_item(newsroom.nora, item=code)
    newsroom.send(code)
    run()
    assert [m.subject for _, _, m in post.taken[:3]] == ["Fire"] * 3
    assert len(post.taken) == 6


def test_one_mailing_that_can_not_go_on_does_not_keep_the_others(
    newsroom: Newsroom, post: Post
) -> None:
    broken = newsroom.send()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE communication_mailing SET mailbox_id = NULL")
    other = newsroom.send(newsroom.publish("Other"))
    run()
    assert state_of(other) == "done"
    row = Mailing.objects.get(uid=broken)
    assert (row.state, bool(row.trouble)) == ("sending", True)
    assert row.next_at > timezone.now()


def test_what_is_shown_of_a_mailing_is_counted_from_its_recipients(
    newsroom: Newsroom, post: Post
) -> None:
    post.answers = {"bo@example.org": "550 5.1.1 unknown"}
    uid = newsroom.send()
    run()
    found = mailing(newsroom.nora, uid=uid)
    assert found.counts == {"sent": 2, "failed": 1}
    assert found.mailing.size == 3
    assert [row.uid for row in mailings(newsroom.nora, state="done").rows] == [uid]
    (bo,) = mailing_recipients(newsroom.nora, mailing=uid, state="failed").rows
    assert (bo.address, bo.answer) == ("bo@example.org", "550 5.1.1 unknown")
    item = MailingTo.objects.select_related("mailing").latest("pk").mailing.item_id
    figures = figures_of_items(newsroom.nora, [item])[item]
    assert (figures.recipients, figures.delivered) == (3, 2)
    with pytest.raises(NotFound):
        mailing(newsroom.nora, uid="none")
    actor = console_actor(newsroom.house.company)
    assert note_followed(actor, letter="n", thing=0, number=9) == ""
    note_opened(actor, thing=bo.id)
    assert not MailingTo.objects.exclude(opened_at=None).exists()


def test_the_form_says_to_how_many_an_item_goes(newsroom: Newsroom, post: Post) -> None:
    code = newsroom.publish()
    assert reach_in_words(newsroom.nora, item=code, audience="") == ["This goes to 3 addresses."]
    assert reach_in_words(newsroom.nora, item="none", audience="") == []
    assert Mailbox.objects.get().name == newsroom.mailbox


def test_what_is_withdrawn_goes_out_to_nobody_any_more(newsroom: Newsroom, post: Post) -> None:
    code = newsroom.publish()
    later = newsroom.send(code, not_before=timezone.now() + timedelta(hours=1))
    paused, done = newsroom.send(code), newsroom.send(code)
    pause_mailing(newsroom.nora, mailing=paused)
    post.answers["eva@example.org"] = "550 5.1.1 Nobody here"
    run()
    taken = len(post.taken)
    assert [state_of(each) for each in (later, paused, done)] == ["gathering", "paused", "done"]
    withdraw_item(newsroom.nora, item=code, why="It was wrong")
    assert [state_of(each) for each in (later, paused)] == ["stopped"] * 2
    due_again()
    run()
    assert len(post.taken) == taken
    with pytest.raises(NotReady):
        resume_mailing(newsroom.nora, mailing=paused)
    failed = MailingTo.objects.get(address="eva@example.org")
    with pytest.raises(NotReady, match="not published"):
        decide_doubt(newsroom.nora, recipient=failed.pk, outcome="again")
