"""What a mail says and carries: headers of lists, one-click unsubscribe, links, invitations, DKIM."""

import re
from datetime import timedelta

import dkim  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from kantoor.departments.communication.actions.audiences.setting import set_audience
from kantoor.departments.communication.actions.items.publishing import publish_item
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.mailings.channels import (
    make_signing_key,
    use_signing_key,
)
from kantoor.departments.communication.drafts_audiences import AudienceDraft, PartDraft
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.errors import KnownAlready
from kantoor.departments.communication.models import (
    Consent,
    MailingLink,
    MailingTo,
    NoMail,
    SigningKey,
    Subscriber,
)
from kantoor.departments.communication.tests.mailings.conftest import (
    Newsroom,
    do_to_mailings,
    run,
)
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests.post import Post

EVA, BO, CAS = "eva@example.org", "bo@example.org", "cas@example.org"


def part(message: Message, media_type: str) -> str:
    """The text of the part of that kind."""
    return next(p.text() for p in message.own_parts() if p.media_type == media_type)


@pytest.fixture
def address(settings: Settings) -> str:
    """The house has an address."""
    settings.ADDRESS = "https://kantoor.example"
    return "https://kantoor.example"


def test_one_post_without_signing_in_ends_the_mail_and_holds_for_later_mailings(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    newsroom.send()
    run()
    (eva,) = post.to(EVA)
    assert eva.headers.get("list-unsubscribe-post") == "List-Unsubscribe=One-Click"
    where = eva.headers.get("list-unsubscribe").strip("<>")
    assert where.startswith(f"{address}/communication/unsubscribe/")
    assert where in part(eva, "text/plain")
    answer = Client(enforce_csrf_checks=True).post(
        where.removeprefix(address), {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert NoMail.objects.get().address == EVA
    newsroom.send(newsroom.publish("Next"), confirmed=2)
    run()
    assert len(post.to(EVA)) == 1
    assert len(post.to(BO)) == 2


def test_who_unsubscribes_while_it_goes_out_is_passed_over(newsroom: Newsroom, post: Post) -> None:
    newsroom.send(per_minute=6)
    run()
    actor, sent = newsroom.house.administrator, post.taken[0][1][0]
    rest = [a for a in (EVA, BO, CAS) if a != sent]
    do_to_mailings(
        actor,
        work=lambda: NoMail.objects.create(
            company_id=actor.company_id, address=rest[0], how="hand", since=timezone.now()
        ),
    )
    from kantoor.departments.communication.tests.mailings.conftest import due_again

    for _ in range(3):
        due_again()
        run()
    assert newsroom.states() == {sent: "sent", rest[0]: "suppressed", rest[1]: "sent"}


def test_a_crisis_reaches_who_wants_no_mail_and_offers_no_way_out(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    actor = newsroom.house.administrator
    do_to_mailings(
        actor,
        work=lambda: NoMail.objects.create(
            company_id=actor.company_id, address=EVA, how="hand", since=timezone.now()
        ),
    )
    draft = ItemDraft(kind="crisis", title="Fire", body="Leave the hall.\n", language="en")
    code = write_item(newsroom.nora, item=draft)
    publish_item(newsroom.nora, item=code)
    newsroom.send(code, confirmed=3)
    run()
    (eva,) = post.to(EVA)
    assert not eva.headers.get("list-unsubscribe")
    assert "unsubscribe" not in part(eva, "text/html")


def test_names_and_titles_add_no_fields(newsroom: Newsroom, post: Post) -> None:
    newsroom.send(newsroom.publish("Hall: Bcc: <all@example.org>"))
    run()
    (cas,) = post.to(CAS)
    assert "bcc" not in cas.headers
    assert cas.subject.startswith("Hall")
    assert cas.recipients[0].name == 'Cas O\'Dea "<x>"'
    assert not any(p.media_type == "text/html" and "<x>" in p.text() for p in cas.own_parts())


def test_text_and_page_say_the_same_without_scripts_or_slots(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    newsroom.send(newsroom.publish(body="Hi <script>x</script> \ue000name\ue001 **bold**.\n"))
    run()
    (bo,) = post.to(BO)
    page, text = part(bo, "text/html"), part(bo, "text/plain")
    assert "<script" not in page
    assert "<strong>bold</strong>" in page
    assert not set("\ue000\ue001") & set(page + text)
    assert f"{address}/communication/news/new-hall" in text
    assert 'style="' in page


def test_links_are_counted_and_lead_only_where_the_mail_pointed(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    newsroom.send(newsroom.publish(body="[Look](https://example.org/hall?a=1&b=2) at it.\n"))
    run()
    (bo,), (cas,) = post.to(BO), post.to(CAS)
    (link,) = [u for u in re.findall(r'href="([^"]+/mail-link/[^"]+)"', part(bo, "text/html"))
               if "news" not in u][:1]  # fmt: skip
    assert link in part(cas, "text/html"), "who did not agree can't be told from others"
    answer = Client().get(link.removeprefix(address))
    assert (answer.status_code, answer["Location"]) == (302, "https://example.org/hall?a=1&b=2")
    assert MailingLink.objects.get(address="https://example.org/hall?a=1&b=2").followed == 1
    assert Client().get(link.removeprefix(address)[:-2] + "aa").status_code == 404
    assert Client().get("/mail-link/1.https://evil.example").status_code == 404
    assert Client().put(link.removeprefix(address)).status_code == 405
    assert not MailingTo.objects.exclude(followed_at=None).exists()


def test_programs_that_check_links_are_led_on_and_not_counted(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    newsroom.send(newsroom.publish(body="[Look](https://example.org/hall) at it.\n"))
    run()
    (bo,) = post.to(BO)
    links = re.findall(r'href="([^"]+/mail-link/[^"]+)"', part(bo, "text/html"))
    for link in links:
        answer = Client().head(link.removeprefix(address))
        assert answer.status_code == 302
    assert Client().head(links[0].removeprefix(address)[:-2] + "aa").status_code == 404
    assert "https://example.org/hall" in {
        Client().head(link.removeprefix(address))["Location"] for link in links
    }
    assert set(MailingLink.objects.values_list("followed", flat=True)) == {0}


def test_opening_and_following_are_noted_only_of_who_agreed(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    actor = newsroom.house.administrator

    def agree() -> None:
        now = timezone.now()
        who = Subscriber.objects.create(company_id=actor.company_id, address=EVA, created_at=now)
        Consent.objects.create(
            company_id=actor.company_id, subscriber=who, purpose="measuring", how="hand", text="x",
            source="paper", given_at=now,
        )  # fmt: skip

    do_to_mailings(actor, work=agree)
    newsroom.send(newsroom.publish())
    run()
    (eva,), (bo,) = post.to(EVA), post.to(BO)
    dots = re.findall(r'src="([^"]+/mail-open/[^"]+)"', part(eva, "text/html"))
    assert len(dots) == 1
    assert "mail-open" not in part(bo, "text/html")
    assert Client().head(dots[0].removeprefix(address)).status_code == 200
    assert not MailingTo.objects.exclude(opened_at=None).exists()
    assert Client().get(dots[0].removeprefix(address))["Content-Type"] == "image/gif"
    own = re.findall(r'href="([^"]+/mail-link/[^"]+)"', part(eva, "text/html"))[0]
    assert Client().head(own.removeprefix(address)).status_code == 302
    assert not MailingTo.objects.exclude(followed_at=None).exists()
    assert Client().get(own.removeprefix(address)).status_code == 302
    assert (
        Client().get(own.replace("mail-link", "mail-open").removeprefix(address)).status_code == 404
    )
    row = MailingTo.objects.exclude(opened_at=None).get()
    assert (row.address, row.followed_at is None) == (EVA, False)


def test_who_takes_back_that_it_is_noted_is_noted_no_more_of_mail_they_have(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    actor, now = newsroom.house.administrator, timezone.now()

    def agree() -> None:
        who = Subscriber.objects.create(company_id=actor.company_id, address=EVA, created_at=now)
        Consent.objects.create(
            company_id=actor.company_id, subscriber=who, purpose="measuring", how="hand", text="x",
            source="paper", given_at=now,
        )  # fmt: skip

    do_to_mailings(actor, work=agree)
    newsroom.send(newsroom.publish())
    run()
    do_to_mailings(actor, work=lambda: Consent.objects.update(withdrawn_at=now))
    page = part(post.to(EVA)[0], "text/html")
    dot = re.findall(r'src="([^"]+/mail-open/[^"]+)"', page)[0]
    own = re.findall(r'href="([^"]+/mail-link/[^"]+)"', page)[0]
    assert Client().get(dot.removeprefix(address)).status_code == 200
    assert Client().get(own.removeprefix(address)).status_code == 302
    assert not MailingTo.objects.exclude(opened_at=None, followed_at=None).exists()
    assert MailingLink.objects.get().followed == 1


def test_an_event_comes_as_an_invitation_of_its_own_for_each(
    newsroom: Newsroom, post: Post
) -> None:
    begins = timezone.now() + timedelta(days=3)
    newsroom.send(newsroom.publish("Open day", kind="event", event_from=begins, place="The hall"))
    run()
    (bo,) = post.to(BO)
    invitation = part(bo, "text/calendar").replace("\r\n ", "")
    assert "METHOD:REQUEST" in invitation
    assert f"RSVP=TRUE:mailto:{BO}" in invitation
    assert "LOCATION:The hall" in invitation


def test_mail_is_signed_by_the_key_in_use_and_verifies(
    newsroom: Newsroom, post: Post, address: str
) -> None:
    name = make_signing_key(newsroom.nora, domain="kantoor.example", selector="k1")
    assert name == "k1._domainkey.kantoor.example"
    newsroom.send()
    run()
    assert "dkim-signature" not in post.to(BO)[0].headers
    use_signing_key(newsroom.nora, domain="kantoor.example", selector="k1")
    newsroom.send(newsroom.publish("Next"))
    run()
    raw, key = post.to(BO)[1].raw, SigningKey.objects.get().public
    assert dkim.verify(raw, dnsfunc=lambda *_args, **_more: key.encode())
    changed = raw.replace(b"example.org/hall", b"example.org/evil")
    assert changed == raw or not dkim.verify(changed, dnsfunc=lambda *_a, **_m: key.encode())
    fields = post.to(BO)[1].headers.get("dkim-signature")
    assert "list-unsubscribe : list-unsubscribe-post" in " ".join(fields.split())
    with pytest.raises(KnownAlready):
        make_signing_key(newsroom.nora, domain="kantoor.example", selector="k1")
    with pytest.raises(InvalidInput):
        make_signing_key(newsroom.nora, domain="nothing")


@pytest.mark.parametrize("between", ["\x85", "\u2028", "\u2029"])
def test_a_title_with_an_odd_line_end_goes_out_on_one_line(
    newsroom: Newsroom, post: Post, between: str
) -> None:
    newsroom.send(newsroom.publish(f"New{between}Bcc: eve@example.org"))
    run()
    assert len(post.taken) == 3
    subject = next(message.subject for _from, to, message in post.taken if to == ["bo@example.org"])
    assert subject == "New Bcc: eve@example.org"


def test_nothing_in_an_invitation_is_taken_for_a_slot(newsroom: Newsroom, post: Post) -> None:
    begins = timezone.now() + timedelta(days=3)
    odd = "Open\ue000link_1\ue001 day"
    newsroom.send(newsroom.publish(odd, kind="event", event_from=begins, place=odd))
    run()
    assert len(post.taken) == 3


@pytest.mark.parametrize("kind", ["newsletter", "policy"])
def test_what_must_be_read_is_no_way_round_who_wants_no_mail(
    newsroom: Newsroom, post: Post, address: str, kind: str
) -> None:
    """A newsletter stays a choice; a policy only those must hear whom it was agreed to be for."""
    actor = newsroom.house.administrator
    do_to_mailings(
        actor,
        work=lambda: NoMail.objects.create(
            company_id=actor.company_id, address=EVA, how="hand", since=timezone.now()
        ),
    )
    parts = [PartDraft(who="communication.everybody")]
    set_audience(actor, audience=AudienceDraft(code="others", name="Others", parts=parts))
    code = newsroom.publish(kind=kind, must_read=True)
    if kind == "policy":
        newsroom.send(code, confirmed=3)
        run()
        assert len(post.to(EVA)) == 1
    newsroom.send(code, audience="others", confirmed=2)
    run()
    assert len(post.to(EVA)) == (1 if kind == "policy" else 0)
    assert post.to(BO)[-1].headers.get("list-unsubscribe")
