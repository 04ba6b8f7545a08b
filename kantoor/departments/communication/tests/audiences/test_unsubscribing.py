"""One POST without sign-in stops mail, can't be forged for another, and holds for later audiences."""

import base64
import re

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.departments.communication.actions.audiences.purposes import set_purpose
from kantoor.departments.communication.actions.audiences.stopping import (
    let_mail_go_on,
    set_preferences,
    stop_by_token,
)
from kantoor.departments.communication.drafts_audiences import PurposeDraft
from kantoor.departments.communication.errors import NotReady, UnknownAudience
from kantoor.departments.communication.models import Consent, NoMail
from kantoor.departments.communication.queries.audiences.addresses import address_kept, no_mail
from kantoor.departments.communication.queries.audiences.resolving import unsubscribe_address
from kantoor.departments.communication.queries.audiences.tokens import (
    Confirm,
    Stop,
    confirm_token,
    preferences_address,
    read_confirm,
    read_stop,
    stop_token,
)
from kantoor.departments.communication.queries.audiences.words_shown import words_digest
from kantoor.departments.communication.tests.audiences.crowd import NEWS, Crowd
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.employees import EmployeeChange, change_employees
from tests.founded import found

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ANN, COL = "ann@home.example", "col@home.example"


def strict() -> Client:
    """Somebody without sign-in, at a server that checks where forms come from."""
    return Client(enforce_csrf_checks=True)


def test_one_post_without_sign_in_stops_mail_and_holds_for_later_audiences(crowd: Crowd) -> None:
    readers = crowd.newsletter(ANN, COL)
    address = unsubscribe_address(crowd.company_id, crowd.recipient(ANN, readers), "news")
    assert strict().get(address).status_code == 200
    assert crowd.reached(readers) == [ANN, COL]
    for _again in range(2):
        assert strict().post(address, ONE_CLICK).status_code == 200
    assert crowd.reached(readers) == [COL]
    assert NoMail.objects.get().how == "one_click"
    # A later audience that finds her again, by another list.
    crowd.put(ANN)
    assert crowd.reached(crowd.audience("communication.mailing_list: news", purpose="news")) == [
        COL
    ]
    assert Consent.objects.filter(subscriber__address=ANN, withdrawn_at=None).count() == 0


def test_who_stopped_mail_as_a_relation_gets_none_at_a_new_address(crowd: Crowd) -> None:
    eva = crowd.recipient("eva@bakker.example")
    assert strict().post(unsubscribe_address(crowd.company_id, eva, "")).status_code == 200
    assert crowd.reached(None) == ["bo@bakker.example"]
    change = EmployeeChange(code="E1", email="eva@elsewhere.example")
    change_employees(crowd.house.administrator, changes=[change])
    assert crowd.reached(None) == ["bo@bakker.example"]


def test_the_page_shows_a_button_and_no_more_than_the_mail_told(crowd: Crowd) -> None:
    readers = crowd.newsletter(ANN)
    address = unsubscribe_address(crowd.company_id, crowd.recipient(ANN, readers), "news")
    answer = strict().get(address)
    page = answer.content.decode()
    assert "Newsletter" in page and ANN in page and 'method="post"' in page
    assert answer["Referrer-Policy"] == "same-origin" and answer["X-Robots-Tag"] == "noindex"
    assert NoMail.objects.count() == 0
    assert "no more mail about" in strict().post(address).content.decode()
    assert NoMail.objects.get().how == "page"


def test_a_token_is_only_good_for_what_it_was_made_for(crowd: Crowd) -> None:
    other = found("Visser BV")
    mine = stop_token(Stop(crowd.company_id, "news", ANN))
    with pytest.raises(UnknownAudience):
        stop_by_token(other.administrator, token=mine)
    with pytest.raises(UnknownAudience):
        set_preferences(other.administrator, token=mine, purposes=[])
    assert read_confirm(mine) is None
    assert read_stop(confirm_token(Confirm(crowd.company_id, 1))) is None
    assert stop_token(Stop(crowd.company_id, "news", COL)) != mine
    assert mine == stop_token(Stop(crowd.company_id, "news", ANN))
    assert ANN not in base64.urlsafe_b64decode(mine + "===").decode("latin-1")


def forged(token: str) -> list[str]:
    """What somebody with a token of their own might try for another."""
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    plain = base64.urlsafe_b64encode(b'[1,"news","col@home.example",null]').decode()
    flips = [
        base64.urlsafe_b64encode(raw[:n] + bytes([raw[n] ^ bit]) + raw[n + 1 :])
        .decode()
        .rstrip("=")
        for n in range(len(raw))
        for bit in (1, 128)
    ]
    halves = [token[:n] for n in (0, 1, 16, len(token) // 2, len(token) - 2)]
    return [
        *flips, *halves, plain, plain.rstrip("="), token + "AAAA", token * 9, token[::-1],
        token.swapcase(), "é" * 30, "%00", "a" * 64,
    ]  # fmt: skip


def test_no_token_can_be_forged_for_another(crowd: Crowd) -> None:
    crowd.newsletter(ANN, COL)
    token = stop_token(Stop(crowd.company_id, "news", ANN))
    for each in forged(token):
        assert read_stop(each) is None, each
        assert strict().post(f"/communication/unsubscribe/{each}").status_code == 404
    assert NoMail.objects.count() == 0


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=120)
    | st.binary(max_size=90).map(lambda b: base64.urlsafe_b64encode(b).decode())
)
def test_no_text_at_all_is_taken_for_a_token(text: str) -> None:
    assert read_stop(text) is None
    assert read_confirm(text) is None


def test_two_halves_of_good_tokens_make_no_third(crowd: Crowd) -> None:
    one = stop_token(Stop(crowd.company_id, "news", ANN))
    two = stop_token(Stop(crowd.company_id, "news", COL))
    assert len(one) == len(two)
    for cut in range(1, len(one)):
        assert read_stop(one[:cut] + two[cut:]) in (None, read_stop(one), read_stop(two))


def test_preferences_are_set_by_who_has_the_mail(crowd: Crowd) -> None:
    readers = crowd.newsletter(ANN)
    address = preferences_address(crowd.company_id, crowd.recipient(ANN, readers))
    client = Client()
    assert "checked" in client.get(address).content.decode()
    client.post(address, {})
    assert crowd.reached(readers) == []
    assert "checked" not in client.get(address).content.decode()
    client.post(address, {"purposes": ["news", "unheard-of"], "words-news": words_digest(NEWS)})
    assert crowd.reached(readers) == [ANN]
    kept = address_kept(crowd.dana, address=ANN)
    assert [(each.how, each.text, bool(each.withdrawn_at)) for each in kept.consents] == [
        ("preferences", NEWS, False), ("hand", NEWS, True),
    ]  # fmt: skip
    client.post(address, {"none": "1"})
    assert crowd.reached(readers) == []
    assert [each.purpose for each in no_mail(crowd.dana).rows] == [""]
    assert strict().post(address, {"purposes": ["news"]}).status_code == 403


def test_preferences_are_kept_only_with_the_words_that_were_shown(crowd: Crowd) -> None:
    readers = crowd.newsletter(ANN)
    set_purpose(crowd.dana, purpose=PurposeDraft(code="offers", name="Offers", text="Offers"))
    address = preferences_address(crowd.company_id, crowd.recipient(ANN, readers))
    before = {
        "purposes": ["news", "offers"], "words-news": words_digest(NEWS),
        "words-offers": words_digest("Offers"),
    }  # fmt: skip
    other = "Offers of all our friends too"
    set_purpose(crowd.dana, purpose=PurposeDraft(code="offers", name="Offers", text=other))
    answer = Client().post(address, before)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Read it again, please." in shown and other in shown
    assert re.findall(r'value="(\w+)" id="purpose-\w+" checked', shown) == ["news"]
    assert not Consent.objects.filter(purpose="offers").exists()
    again = {**before, "words-offers": words_digest(other)}
    assert Client().post(address, again).status_code == 200
    assert Consent.objects.get(purpose="offers").text == other
    assert Client().post(address, {"purposes": ["news"]}).status_code == 409
    assert not NoMail.objects.exists(), "nothing is kept of what is refused"
    # To take back needs no words.
    assert Client().post(address, {}).status_code == 200
    assert crowd.reached(readers) == []


def test_who_stopped_all_and_chooses_one_gets_that_one_alone(crowd: Crowd) -> None:
    readers = crowd.newsletter(ANN)
    set_purpose(crowd.dana, purpose=PurposeDraft(code="offers", name="Offers", text="Offers too"))
    token = stop_token(Stop(crowd.company_id, "", ANN))
    stop_by_token(crowd.house.administrator, token=token)
    assert crowd.reached(readers) == []
    set_preferences(
        crowd.house.administrator, token=token, purposes=["news"], words=[words_digest(NEWS)]
    )
    assert crowd.reached(readers) == [ANN]
    assert [each.purpose for each in no_mail(crowd.dana).rows] == ["offers"]


def test_the_desk_lets_mail_go_on_only_where_its_owner_asked(crowd: Crowd) -> None:
    readers = crowd.newsletter(ANN)
    with pytest.raises(NotReady):
        let_mail_go_on(crowd.dana, address=ANN, purpose="news", asked="By telephone")
    token = stop_token(Stop(crowd.company_id, "news", ANN))
    stop_by_token(crowd.house.administrator, token=token, one_click=True)
    with pytest.raises(InvalidInput):
        let_mail_go_on(crowd.dana, address=ANN, purpose="news", asked=" ")
    let_mail_go_on(crowd.dana, address=ANN, purpose="news", asked="By telephone, 3 May")
    # It is no consent: that she gives herself.
    assert crowd.reached(readers) == []
    assert no_mail(crowd.dana).rows == []


def test_who_stopped_mail_before_we_knew_who_they_are_gets_none_at_a_new_address(
    crowd: Crowd,
) -> None:
    eva, new = crowd.recipient("eva@bakker.example"), "eva@elsewhere.example"
    stop_by_token(crowd.dana, token=stop_token(Stop(crowd.company_id, "", new)))
    admin = crowd.house.administrator
    change_employees(admin, changes=[EmployeeChange(code="E1", email=new)])
    stop_by_token(crowd.dana, token=stop_token(Stop(crowd.company_id, "", new, eva.party)))
    assert NoMail.objects.get().party_id == eva.party
    change_employees(admin, changes=[EmployeeChange(code="E1", email="eva@home.example")])
    assert crowd.reached(None) == ["bo@bakker.example"]


def test_who_stopped_what_a_list_is_for_is_not_reached_by_it_for_no_purpose(crowd: Crowd) -> None:
    crowd.newsletter(ANN, COL, "eva@bakker.example")
    for address in (ANN, "eva@bakker.example"):
        stop_by_token(crowd.dana, token=stop_token(Stop(crowd.company_id, "news", address)))
    later = crowd.audience("communication.mailing_list: news", code="later")
    assert later.purpose == "" and crowd.reached(later) == [COL]
    # Who works here is still told what has nothing to do with it.
    assert "eva@bakker.example" in crowd.reached(None)
