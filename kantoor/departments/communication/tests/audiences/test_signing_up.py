"""Double opt-in over real SMTP, forgetting who did not confirm, and whoever asks to be forgotten."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from kantoor.departments.communication.actions.audiences.forgetting import (
    anybody_late,
    forget_address,
    forget_late_sign_ups,
    forget_sign_ups,
)
from kantoor.departments.communication.actions.audiences.lists import set_list, take_off_list
from kantoor.departments.communication.actions.audiences.purposes import set_purpose
from kantoor.departments.communication.actions.audiences.signing_up import (
    confirm_sign_up,
    take_sign_up,
)
from kantoor.departments.communication.actions.audiences.stopping import stop_mail_to
from kantoor.departments.communication.drafts_audiences import (
    ListDraft,
    PurposeDraft,
    SubscriberDraft,
)
from kantoor.departments.communication.errors import NotReady, UnknownAudience, WordsChanged
from kantoor.departments.communication.models import Consent, NoMail, SignUp, Subscriber
from kantoor.departments.communication.queries.audiences.addresses import address_kept
from kantoor.departments.communication.queries.audiences.tokens import (
    Confirm,
    Stop,
    confirm_token,
    stop_token,
)
from kantoor.departments.communication.queries.audiences.words_shown import words_digest
from kantoor.departments.communication.tests.audiences.crowd import (
    NEWS,
    Crowd,
    add_mailbox_for_test,
)
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.delivering import send_mail
from kantoor.kernel.mail.models import MailTo
from kantoor.kernel.mail.tests.post import Post, open_post_of
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasing import erase_person
from kantoor.kernel.record.erasure import Subject
from kantoor.kernel.record.verify.system import verify

ANN = "ann@home.example"
TYPED = {
    "address": "Ann@home.example", "name": "Ann", "agree": "on", "words": words_digest(NEWS),
}  # fmt: skip


@pytest.fixture
def post(crowd: Crowd, settings: Settings) -> Iterator[Post]:
    """A mail server, and an open list that mail is sent for."""
    crowd.newsletter()
    add_mailbox_for_test(crowd.house.administrator)
    with open_post_of(settings) as opened:
        yield opened


def sent() -> None:
    send_mail.enqueue(installation_actor())
    work_off()


def link(text: str) -> str:
    found = re.search(r"/communication/subscribed/[\w-]+", text)
    assert found
    return found[0]


def page(crowd: Crowd) -> str:
    return f"/communication/subscribe/{crowd.company_id}/news"


def test_nobody_is_on_the_list_before_they_confirm_from_their_own_mail(
    crowd: Crowd, post: Post
) -> None:
    client = Client()
    assert NEWS in client.get(page(crowd)).content.decode()
    assert "Look in your mail" in client.post(page(crowd), TYPED).content.decode()
    assert Subscriber.objects.count() == Consent.objects.count() == 0
    sent()
    (message,) = post.to(ANN)
    assert message.subject == "Confirm: News of Bakker of Bakker BV"
    address = link(message.raw.decode())
    # Mail programs look at links: that confirms nothing.
    assert client.get(address).status_code == 200
    assert Subscriber.objects.count() == 0
    for _again in range(2):
        assert "News of Bakker" in client.post(address).content.decode()
    (agreed,) = address_kept(crowd.dana, address=ANN).consents
    assert (agreed.how, agreed.text, agreed.source) == ("confirmed", NEWS, page(crowd))
    assert crowd.reached(crowd.audience("communication.mailing_list: news", purpose="news")) == [
        ANN
    ]
    assert SignUp.objects.filter(address=ANN).count() == 0


def test_who_wanted_no_mail_and_signs_up_again_gets_it(crowd: Crowd, post: Post) -> None:
    stop_mail_to(crowd.dana, address=ANN)
    Client().post(page(crowd), TYPED)
    sign_up = SignUp.objects.get()
    token = confirm_token(Confirm(crowd.company_id, sign_up.pk))
    assert confirm_sign_up(crowd.house.administrator, token=token) == "News of Bakker"
    assert crowd.reached(crowd.audience("communication.mailing_list: news", purpose="news")) == [
        ANN
    ]


def link_of(crowd: Crowd, sign_up: SignUp) -> str:
    """The link that confirms a sign-up."""
    return f"/communication/subscribed/{confirm_token(Confirm(crowd.company_id, sign_up.pk))}"


def test_who_saw_other_words_is_shown_those_of_now_and_agreed_to_nothing(
    crowd: Crowd, post: Post
) -> None:
    client, other = Client(), "Yes, mail me the newsletter and all offers of Bakker."
    set_purpose(crowd.dana, purpose=PurposeDraft(code="news", name="Newsletter", text=other))
    for words in (words_digest(NEWS), ""):
        answer = client.post(page(crowd), {**TYPED, "words": words})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Read it again, please." in shown and other in shown
        assert words_digest(other) in shown and "checked" not in shown
        assert 'value="Ann@home.example"' in shown
    assert SignUp.objects.count() == 0
    with pytest.raises(WordsChanged):
        take_sign_up(
            crowd.house.administrator, mailing_list="news", page="/", words=words_digest(NEWS),
            subscriber=SubscriberDraft(address=ANN),
        )  # fmt: skip
    client.post(page(crowd), {**TYPED, "words": words_digest(other)})
    assert SignUp.objects.get().text == other


def test_a_used_link_says_how_things_stand_and_puts_nobody_on_the_list_again(
    crowd: Crowd, post: Post
) -> None:
    client = Client()
    for _twice in range(2):
        client.post(page(crowd), TYPED)
    first, second = [link_of(crowd, row) for row in SignUp.objects.order_by("pk")]
    assert "Yes, put me on the list" in client.get(first).content.decode()
    client.post(first)
    for each in (first, second):
        assert "You are on the list" in client.get(each).content.decode()
    stop_mail_to(crowd.dana, address=ANN)
    for each in (first, second):
        for answer in (client.get(each), client.post(each)):
            shown = answer.content.decode()
            assert "You are not on the list" in shown and "You are on the list" not in shown
            assert f'href="{page(crowd)}"' in shown
    readers = crowd.audience("communication.mailing_list: news", purpose="news")
    assert crowd.reached(readers) == []
    assert Consent.objects.filter(withdrawn_at=None).count() == 0
    with pytest.raises(UnknownAudience, match="used before"):
        confirm_sign_up(crowd.house.administrator, token=first.rpartition("/")[2])
    # Who asks anew is on it, and the old links say so.
    client.post(page(crowd), TYPED)
    client.post(link_of(crowd, SignUp.objects.order_by("-pk")[0]))
    assert crowd.reached(readers) == [ANN]
    assert "You are on the list" in client.get(first).content.decode()
    forget_address(crowd.dana, address=ANN, why="Asked")
    assert "You are not on the list" in client.get(first).content.decode()


def test_who_is_taken_off_the_list_is_told_so_by_their_link(crowd: Crowd, post: Post) -> None:
    client = Client()
    client.post(page(crowd), TYPED)
    address = link_of(crowd, SignUp.objects.get())
    client.post(address)
    take_off_list(crowd.dana, mailing_list="news", addresses=[ANN])
    crowd.newsletter(is_open=False)
    shown = client.post(address).content.decode()
    assert "You are not on the list" in shown and "/communication/subscribe/" not in shown


def test_who_agrees_themselves_to_other_words_than_before_is_kept_with_those(
    crowd: Crowd, post: Post
) -> None:
    crowd.newsletter(ANN)
    other = "Yes, mail me the newsletter and all offers of Bakker."
    set_purpose(crowd.dana, purpose=PurposeDraft(code="news", name="Newsletter", text=other))
    crowd.put(ANN)
    assert Consent.objects.get().text == NEWS, "what others hand in is no newer proof"
    Client().post(page(crowd), {**TYPED, "words": words_digest(other)})
    Client().post(link_of(crowd, SignUp.objects.get()))
    kept = address_kept(crowd.dana, address=ANN).consents
    assert [(each.text, bool(each.withdrawn_at)) for each in kept] == [(other, False), (NEWS, True)]


def test_pages_speak_the_language_of_who_was_written_to(crowd: Crowd, post: Post) -> None:
    client = Client(headers={"accept-language": "nl"})
    client.post(page(crowd), TYPED)
    address = link_of(crowd, SignUp.objects.get())
    theirs = Client(headers={"accept-language": "en"})
    answer = theirs.get(address)
    assert '<html lang="nl"' in answer.content.decode() and answer["Content-Language"] == "nl"
    assert "Ja, zet me op de lijst" in answer.content.decode()
    theirs.post(address)
    stop = stop_token(Stop(crowd.company_id, "", ANN))
    for name in ("preferences", "unsubscribe"):
        assert '<html lang="nl"' in theirs.get(f"/communication/{name}/{stop}").content.decode()
    # Who chose a language on our pages keeps it.
    theirs.cookies["language"] = "en"
    assert '<html lang="en"' in theirs.get(address).content.decode()
    bo = Party.objects.get(code="E2")
    of_party = stop_token(Stop(crowd.company_id, "", "bo@bakker.example", bo.pk))
    shown = Client(headers={"accept-language": "en"}).get(f"/communication/preferences/{of_party}")
    assert '<html lang="nl"' in shown.content.decode()


def test_nobody_agrees_to_what_the_list_became_after_they_asked(crowd: Crowd, post: Post) -> None:
    Client().post(page(crowd), TYPED)
    token = confirm_token(Confirm(crowd.company_id, SignUp.objects.get().pk))
    set_purpose(crowd.dana, purpose=PurposeDraft(code="offers", name="Offers", text="Sell me all"))
    offers = ListDraft(code="news", name="News of Bakker", purpose="offers", open=True)
    set_list(crowd.dana, mailing_list=offers)
    with pytest.raises(UnknownAudience, match="once more"):
        confirm_sign_up(crowd.house.administrator, token=token)
    assert Subscriber.objects.count() == Consent.objects.count() == 0


def test_forms_of_programs_and_wrong_addresses_keep_nothing(crowd: Crowd, post: Post) -> None:
    client = Client()
    client.post(page(crowd), {**TYPED, "website": "http://spam.example"})
    assert client.post(page(crowd), {**TYPED, "address": "ann"}).status_code == 422
    no = {name: value for name, value in TYPED.items() if name != "agree"}
    assert client.post(page(crowd), no).status_code == 422
    assert client.get(f"/communication/subscribe/{crowd.company_id}/other").status_code == 404
    assert client.get("/communication/subscribe/99999999999/news").status_code == 404
    assert SignUp.objects.count() == 0


def test_nobody_floods_the_mail_of_another(crowd: Crowd, post: Post) -> None:
    for _each in range(6):
        assert "Look in your mail" in Client().post(page(crowd), TYPED).content.decode()
    assert MailTo.objects.count() == 3


def test_a_closed_list_or_no_way_to_send_takes_nobody(
    crowd: Crowd, post: Post, settings: Settings
) -> None:
    anne = crowd.house.administrator
    draft, words = SubscriberDraft(address=ANN), words_digest(NEWS)
    settings.SMTP = ""
    with pytest.raises(NotReady):
        take_sign_up(anne, mailing_list="news", subscriber=draft, page="/", words=words)
    assert Client().post(page(crowd), TYPED).status_code == 422
    crowd.newsletter(is_open=False)
    with pytest.raises(UnknownAudience):
        take_sign_up(anne, mailing_list="news", subscriber=draft, page="/", words=words)
    assert Client().get(page(crowd)).status_code == 404


def test_who_does_not_confirm_is_forgotten_with_the_key_to_what_was_kept(
    crowd: Crowd, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    Client().post(page(crowd), TYPED)
    before = timezone.now()
    token = confirm_token(Confirm(crowd.company_id, SignUp.objects.get().pk))
    subjects = MailTo.objects.values_list("subject_id", flat=True)
    keys = {key for key in subjects if key is not None}
    assert keys
    assert not anybody_late()
    monkeypatch.setattr(timezone, "now", lambda: before + timedelta(days=8))
    with pytest.raises(UnknownAudience):
        confirm_sign_up(crowd.house.administrator, token=token)
    assert Client().post(f"/communication/subscribed/{token}").status_code == 404
    assert anybody_late()
    forget_late_sign_ups.enqueue(installation_actor())
    work_off()
    assert SignUp.objects.exclude(address="").count() == 0
    assert MailTo.objects.filter(address=ANN).count() == 0
    assert not Subject.objects.filter(pk__in=keys).exists()
    assert not anybody_late()
    assert verify().ok


def test_who_is_known_otherwise_is_not_forgotten_with_their_question(
    crowd: Crowd, post: Post
) -> None:
    Client().post(page(crowd), {**TYPED, "address": "eva@bakker.example"})
    later = timezone.now() + timedelta(days=8)
    assert forget_sign_ups(crowd.house.administrator, before=later) == 1
    assert "eva@bakker.example" in crowd.reached(None)


def test_an_address_is_forgotten_with_all_that_hangs_on_it(crowd: Crowd) -> None:
    crowd.newsletter(ANN)
    stop_mail_to(crowd.dana, address=ANN)
    with pytest.raises(InvalidInput):
        forget_address(crowd.dana, address=ANN, why="")
    forget_address(crowd.dana, address=ANN, why="Asked by letter of 3 May")
    assert Subscriber.objects.filter(address=ANN).count() == 0
    assert NoMail.objects.filter(address=ANN).count() == 0
    with pytest.raises(UnknownAudience):
        address_kept(crowd.dana, address=ANN)
    with pytest.raises(UnknownAudience):
        forget_address(crowd.dana, address=ANN, why="Again")
    with pytest.raises(NotReady):
        forget_address(crowd.dana, address="eva@bakker.example", why="Asked")
    assert verify().ok


def test_erasing_a_person_reaches_what_was_kept_of_their_address_before(crowd: Crowd) -> None:
    crowd.newsletter(ANN)
    anne = crowd.house.administrator
    add_employees(anne, employees=[EmployeeDraft(code="E9", name="Ann", email=ANN.upper())])
    with approved("kernel.erase_person"):
        erase_person(anne, party="E9", why="Asked")
    assert Subscriber.objects.filter(address=ANN).count() == 0
    assert verify().ok
