"""Who stopped mail and is forgotten gets none: known by a digest, until they agree anew themselves."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from kantoor.departments.communication.actions.audiences.forgetting import forget_address
from kantoor.departments.communication.actions.audiences.importing import import_list
from kantoor.departments.communication.actions.audiences.purposes import set_purpose
from kantoor.departments.communication.actions.audiences.signing_up import confirm_sign_up
from kantoor.departments.communication.actions.audiences.stopping import (
    let_mail_go_on,
    stop_mail_to,
)
from kantoor.departments.communication.actions.audiences.subscribing import (
    add_subscriber,
    add_subscribers,
)
from kantoor.departments.communication.drafts_audiences import PurposeDraft, SubscriberDraft
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import ForgottenStop, NoMail, SignUp, Subscriber
from kantoor.departments.communication.queries.audiences.careless import refuse_careless
from kantoor.departments.communication.queries.audiences.resolving import left_out, size_of
from kantoor.departments.communication.queries.audiences.tokens import Confirm, confirm_token
from kantoor.departments.communication.queries.audiences.words_shown import words_digest
from kantoor.departments.communication.tests.audiences.crowd import (
    NEWS,
    Crowd,
    add_mailbox_for_test,
)
from kantoor.kernel.actions.context import approved
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.employees import (
    EmployeeChange,
    EmployeeDraft,
    add_employees,
    change_employees,
)
from kantoor.kernel.record.erasing import erase_person
from kantoor.kernel.record.verify.system import verify
from tests.founded import found

ANN, COL, EVA = "ann@home.example", "col@home.example", "eva@bakker.example"
TYPED = {"address": ANN, "name": "Ann", "agree": "on", "words": words_digest(NEWS)}


def forgotten(crowd: Crowd, address: str = ANN, purpose: str = "") -> None:
    """Put an address on the list, let it stop mail, and forget it."""
    crowd.newsletter(address)
    stop_mail_to(crowd.dana, address=address, purpose=purpose)
    forget_address(crowd.dana, address=address, why="Asked by letter of 3 May")


def test_no_import_and_no_hand_brings_back_who_stopped_mail_and_was_forgotten(
    crowd: Crowd, tmp_path: Path
) -> None:
    forgotten(crowd)
    file = tmp_path / "bought.csv"
    file.write_text(f"email\nANN@Home.example\n{COL}\n", encoding="utf-8")
    taken = import_list(crowd.dana, file, mailing_list="news", source="Fair")
    assert (taken.added, taken.refused) == (1, 1)
    assert "only they can change that" in Path(taken.refused_file).read_text()
    ann = [SubscriberDraft(address=ANN)]
    told = add_subscribers(crowd.dana, mailing_list="news", subscribers=ann, source="Fair")
    assert (told.added, told.unwanted) == (0, [ANN])
    with pytest.raises(InvalidInput):
        add_subscriber(crowd.dana, mailing_list="news", subscriber=ann[0], source="Fair")
    with pytest.raises(NotReady, match="confirming"):
        let_mail_go_on(crowd.dana, address=ANN, asked="By telephone")
    assert not Subscriber.objects.filter(address=ANN).exists()
    assert verify().ok


def test_nothing_is_kept_but_a_digest_that_is_another_elsewhere(crowd: Crowd) -> None:
    forgotten(crowd)
    (row,) = ForgottenStop.objects.all()
    assert {f.name for f in ForgottenStop._meta.concrete_fields} == {"id", "company", "digest"}
    house = found("Visser BV")
    forgotten(Crowd(house, house.administrator))
    (theirs,) = ForgottenStop.objects.exclude(pk=row.pk)
    assert theirs.digest != row.digest
    assert not NoMail.objects.filter(address=ANN).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM communication_forgotten_stop")
        assert "ann" not in str(cursor.fetchall())


def test_who_never_stopped_mail_leaves_nothing_behind(crowd: Crowd) -> None:
    readers = crowd.newsletter(ANN)
    stop_mail_to(crowd.dana, address=ANN)
    let_mail_go_on(crowd.dana, address=ANN, asked="By telephone")
    forget_address(crowd.dana, address=ANN, why="Asked")
    assert not ForgottenStop.objects.exists()
    crowd.put(ANN)
    assert crowd.reached(readers) == [ANN]


def test_an_audience_leaves_them_out_and_counts_them_when_they_come_back_as_a_relation(
    crowd: Crowd,
) -> None:
    forgotten(crowd)
    admin = crowd.house.administrator
    add_employees(admin, employees=[EmployeeDraft(code="E9", name="Ann", email=ANN.upper())])
    assert crowd.reached(None) == ["bo@bakker.example", EVA]
    assert size_of(crowd.dana, None) == 2
    assert refuse_careless(crowd.dana, None, confirmed=2).size == 2
    assert left_out(crowd.dana, None).unsubscribed == 1
    assert ANN in crowd.reached(None, must=True)
    assert size_of(crowd.dana, None, must=True) == 3


def test_who_stopped_one_purpose_is_reached_for_another(crowd: Crowd) -> None:
    forgotten(crowd, purpose="news")
    set_purpose(crowd.dana, purpose=PurposeDraft(code="offers", name="Offers", text="Offers"))
    admin = crowd.house.administrator
    add_employees(admin, employees=[EmployeeDraft(code="E9", name="Ann", email=ANN)])
    assert ANN in crowd.reached(None)
    assert ANN not in crowd.reached(None, purpose="news")
    # A list that is for nothing else says for what its audience is too.
    later = crowd.audience("communication.mailing_list: news", "communication.party: E9")
    assert crowd.reached(later) == [] and left_out(crowd.dana, later).unsubscribed == 1


def test_an_erased_person_stays_without_mail_at_each_address_that_stopped(crowd: Crowd) -> None:
    admin, new = crowd.house.administrator, "eva@new.example"
    stop_mail_to(crowd.dana, address=EVA)
    change_employees(admin, changes=[EmployeeChange(code="E1", email=new)])
    assert crowd.reached(None) == ["bo@bakker.example"]
    with approved("kernel.erase_person"):
        erase_person(admin, party="E1", why="Asked")
    again = [
        EmployeeDraft(code=f"E2{n}", name="Eva", email=each) for n, each in enumerate([EVA, new])
    ]
    add_employees(admin, employees=again)
    assert crowd.reached(None) == ["bo@bakker.example"]
    assert verify().ok


def test_who_confirms_a_sign_up_of_their_own_gets_that_mail_again_and_no_other(
    crowd: Crowd, settings: Settings
) -> None:
    forgotten(crowd)
    set_purpose(crowd.dana, purpose=PurposeDraft(code="offers", name="Offers", text="Offers"))
    admin = crowd.house.administrator
    add_mailbox_for_test(admin)
    settings.SMTP = "smtp://127.0.0.1:9"
    page = f"/communication/subscribe/{crowd.company_id}/news"
    Client().post(page, TYPED)
    # To ask is not to agree: whoever types the address is not its owner yet.
    assert ForgottenStop.objects.count() == 1
    token = confirm_token(Confirm(crowd.company_id, SignUp.objects.get().pk))
    confirm_sign_up(admin, token=token)
    readers = crowd.audience("communication.mailing_list: news", code="readers", purpose="news")
    assert crowd.reached(readers) == [ANN]
    add_employees(admin, employees=[EmployeeDraft(code="E9", name="Ann", email=ANN)])
    assert ANN not in crowd.reached(None, purpose="offers")
    assert ForgottenStop.objects.count() == 1
