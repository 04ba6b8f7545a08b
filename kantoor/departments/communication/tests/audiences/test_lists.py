"""Mailing lists, what people agree to with its proof, and lists of addresses from files."""

import csv
import gzip
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from kantoor.departments.communication.actions.audiences import importing
from kantoor.departments.communication.actions.audiences.importing import (
    Imported,
    import_addresses,
    import_list,
)
from kantoor.departments.communication.actions.audiences.lists import (
    put_away_lists,
    set_list,
    take_off_list,
)
from kantoor.departments.communication.actions.audiences.purposes import (
    put_away_purposes,
    set_purpose,
)
from kantoor.departments.communication.actions.audiences.stopping import stop_mail_to
from kantoor.departments.communication.actions.audiences.subscribing import (
    add_subscriber,
    add_subscribers,
)
from kantoor.departments.communication.drafts_audiences import (
    ListDraft,
    PurposeDraft,
    SubscriberDraft,
)
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import Consent, ListMember, Subscriber
from kantoor.departments.communication.queries.audiences.addresses import address_kept
from kantoor.departments.communication.queries.audiences.lists import (
    list_members,
    list_names,
    mailing_list,
    mailing_lists,
    purpose_names,
    purposes,
)
from kantoor.departments.communication.tests.audiences.crowd import NEWS, Crowd
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.parties.employees import (
    EmployeeChange,
    EmployeeDraft,
    add_employees,
    change_employees,
)
from kantoor.kernel.record import erasure
from kantoor.kernel.record.verify.system import verify

ANN, COL = "ann@home.example", "col@home.example"


def test_consent_is_kept_with_its_words_place_and_day(crowd: Crowd) -> None:
    crowd.newsletter()
    day = timezone.now().date() - timedelta(days=3)
    found = add_subscriber(
        crowd.dana, mailing_list="news", subscriber=SubscriberDraft(address=" Ann@Home.example "),
        source="Form 12", agreed_on=day,
    )  # fmt: skip
    assert (found.added, found.known) == (1, 0)
    set_purpose(
        crowd.dana, purpose=PurposeDraft(code="news", name="Newsletter", text="Other words")
    )
    (agreed,) = address_kept(crowd.dana, address=ANN).consents
    assert (agreed.text, agreed.source, agreed.given_at.date()) == (NEWS, "Form 12", day)
    again = add_subscriber(
        crowd.dana, mailing_list="news", subscriber=SubscriberDraft(address=ANN), source="Form 13"
    )
    assert (again.added, again.known, Consent.objects.count()) == (0, 1, 1)


def test_without_proof_nobody_comes_on_a_list_with_a_purpose(crowd: Crowd) -> None:
    crowd.newsletter()
    one = [SubscriberDraft(address=ANN)]
    with pytest.raises(InvalidInput):
        add_subscribers(crowd.dana, mailing_list="news", subscribers=one)
    with pytest.raises(InvalidInput):
        add_subscribers(
            crowd.dana, mailing_list="news", subscribers=one, source="x",
            agreed_on=date(2999, 1, 1),
        )  # fmt: skip
    set_list(crowd.dana, mailing_list=ListDraft(code="plain", name="Plain"))
    assert add_subscribers(crowd.dana, mailing_list="plain", subscribers=one).added == 1


def test_broken_addresses_are_refused_at_their_line_all_or_none(crowd: Crowd) -> None:
    crowd.newsletter()
    for bad in ("ann", "ann@home.example\nBcc: x@y.nl", "", "a" * 250 + "@b.nl"):
        with pytest.raises(InvalidInput) as refused:
            crowd.put(COL, bad)
        assert refused.value.place.line == 2
    odd = [SubscriberDraft(address=COL, name="Col\r\nBcc: all@x.nl", language="xx")]
    with pytest.raises(InvalidInput):
        add_subscribers(crowd.dana, mailing_list="news", subscribers=odd, source="x")
    assert Subscriber.objects.count() == 0


def test_an_address_is_one_however_its_domain_is_spelled(crowd: Crowd, tmp_path: Path) -> None:
    spelled, other, kept = "a@bücher.example", "A@XN--Bcher-KVA.Example", "a@xn--bcher-kva.example"
    admin = crowd.house.administrator
    add_employees(admin, employees=[EmployeeDraft(code="E8", name="Ada", email=spelled)])
    change_employees(admin, changes=[EmployeeChange(code="E2", email=" Bo@BÜCHER.example")])
    assert kept in crowd.reached(None) and "bo@xn--bcher-kva.example" in crowd.reached(None)
    readers = crowd.newsletter(spelled, other)
    assert crowd.reached(readers) == [kept]
    assert Subscriber.objects.count() == 1
    file = tmp_path / "list.csv"
    file.write_text(f"address\n{spelled}\n{other}\n", encoding="utf-8")
    found = import_list(crowd.dana, file, mailing_list="news", source="Fair")
    assert (found.added, found.known, found.refused) == (0, 2, 0)
    stop_mail_to(crowd.dana, address=other)
    assert crowd.reached(readers) == [] and kept not in crowd.reached(None)
    assert len(address_kept(crowd.dana, address=spelled).stopped) == 1
    found = import_list(crowd.dana, refilled(file, spelled), mailing_list="news", source="Fair")
    assert found.refused == 1
    assert take_off_list(crowd.dana, mailing_list="news", addresses=[spelled]) == 1


def refilled(file: Path, address: str) -> Path:
    """The list once more, with one address on it."""
    file.write_text(f"address\n{address}\n", encoding="utf-8")
    return file


def test_who_wants_no_mail_is_not_put_on_a_list_by_another(crowd: Crowd) -> None:
    crowd.newsletter()
    stop_mail_to(crowd.dana, address=ANN, purpose="news")
    found = add_subscribers(
        crowd.dana, mailing_list="news", source="Fair",
        subscribers=[SubscriberDraft(address=ANN), SubscriberDraft(address=COL)],
    )  # fmt: skip
    assert (found.added, found.unwanted) == (1, [ANN])
    with pytest.raises(InvalidInput):
        add_subscriber(
            crowd.dana, mailing_list="news", subscriber=SubscriberDraft(address=ANN), source="x"
        )
    set_list(crowd.dana, mailing_list=ListDraft(code="plain", name="Plain"))
    plain = add_subscriber(
        crowd.dana, mailing_list="plain", subscriber=SubscriberDraft(address=ANN)
    )
    assert plain.added == 1


def test_lists_and_purposes_are_shown_with_how_many(crowd: Crowd) -> None:
    crowd.newsletter(ANN, COL)
    stop_mail_to(crowd.dana, address=COL)
    assert [(row.code, row.members) for row in mailing_lists(crowd.dana).rows] == [("news", 2)]
    states = {row.address: row.state for row in list_members(crowd.dana, mailing_list="news").rows}
    assert states == {ANN: "good", COL: "unsubscribed"}
    assert [(row.code, row.agreed) for row in purposes(crowd.dana).rows] == [("news", 1)]
    assert take_off_list(crowd.dana, mailing_list="news", addresses=[COL, "x@y.nl"]) == 1
    assert mailing_list(crowd.dana, code="news").members == 1
    assert purpose_names(crowd.dana) == {"news": "Newsletter"}
    put_away_purposes(crowd.dana, codes=["news"])
    put_away_lists(crowd.dana, codes=["news"])
    assert purpose_names(crowd.dana) == {} and list_names(crowd.dana) == {}
    for act in (put_away_lists, put_away_purposes):
        with pytest.raises(UnknownAudience):
            act(crowd.dana, codes=["other"])
    with pytest.raises(UnknownAudience):
        crowd.put(ANN)


def test_an_open_list_needs_a_purpose(crowd: Crowd) -> None:
    with pytest.raises(InvalidInput):
        set_list(crowd.dana, mailing_list=ListDraft(code="a", name="A", open=True))
    with pytest.raises(UnknownAudience):
        set_list(crowd.dana, mailing_list=ListDraft(code="a", name="A", purpose="b"))
    with pytest.raises(InvalidInput):
        set_purpose(crowd.dana, purpose=PurposeDraft(code="a", name="A", text=" "))


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_a_list_with_duplicates_and_broken_rows_comes_in_and_tells_each_row_refused(
    crowd: Crowd, tmp_path: Path
) -> None:
    crowd.newsletter(COL)
    stop_mail_to(crowd.dana, address="no@home.example")
    path = tmp_path / "list.csv"
    path.write_text(
        "E-mail;Naam;Taal\nann@home.example;Ann;nl\nANN@home.example;Again;nl\n"
        "col@home.example;Col;\nbroken;=1+1;nl\n\nno@home.example;No;nl\nx@y.nl;X;xx\n"
        "few@home.example\nlast@home.example;Last;en\n"
    )
    found = import_list(crowd.dana, path, mailing_list="news", source="Old programme")
    assert (found.rows, found.added, found.known, found.refused) == (8, 2, 2, 4)
    refused = rows(Path(found.refused_file))
    assert sorted(row[0] for row in refused[1:]) == ["5", "7", "8", "9"]
    assert "wants no mail" in next(row[1] for row in refused if row[0] == "7")
    again = import_list(crowd.dana, path, mailing_list="news", source="Old programme")
    assert (again.added, again.known, again.refused) == (0, 4, 4)
    assert Consent.objects.filter(how="import").count() == 2
    assert verify().ok


def test_an_import_is_a_job_whose_refusals_can_be_fetched(crowd: Crowd) -> None:
    crowd.newsletter()
    folder = Path(django_settings.DATA) / "handed-in" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "list.csv.gz"
    path.write_bytes(gzip.compress(b"address\nann@home.example\nbroken\n"))
    import_addresses.enqueue(crowd.dana, path=str(path), mailing_list="news", source="Fair")
    work_off()
    assert Job.objects.get(name="communication.import_addresses").state == "done"
    assert ListMember.objects.count() == 1 and not path.exists()
    assert (folder / "list.csv.gz.refused.csv").exists()


@pytest.mark.parametrize("text", ["", "name\nAnn\n", "\x00\x01", "naam;taal\n"])
def test_a_file_that_is_no_list_is_refused_as_a_whole(
    crowd: Crowd, tmp_path: Path, text: str
) -> None:
    crowd.newsletter()
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(InvalidInput):
        import_list(crowd.dana, path, mailing_list="news", source="Fair")
    with pytest.raises(UnknownAudience):
        import_list(crowd.dana, path, mailing_list="other", source="Fair")


def test_broken_off_between_two_lots_it_goes_on_and_tells_each_refusal_once(
    crowd: Crowd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LOT", 10)
    crowd.newsletter()
    path = tmp_path / "list.csv"
    lines = [f"a{n}@home.example" if n % 7 else f"broken {n}" for n in range(35)]
    path.write_text("address\n" + "\n".join(lines) + "\n")
    seen: list[Imported] = []

    def killed(found: Imported) -> None:
        seen.append(Imported(**{name: getattr(found, name) for name in found.__struct_fields__}))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_list(crowd.dana, path, mailing_list="news", source="Fair", tell=killed)
    # What it remembered is of the lot before: the second lot is done again, and changes nothing.
    found = import_list(crowd.dana, path, mailing_list="news", source="Fair", before=seen[0])
    assert (found.rows, found.refused, ListMember.objects.count()) == (35, 5, 30)
    assert [row[2] for row in rows(Path(found.refused_file))[1:]] == [
        f"broken {n}" for n in range(0, 35, 7)
    ]


def test_memory_does_not_grow_with_the_list(
    crowd: Crowd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The ciphers of the last persons are kept, a bounded number: here none is.
    monkeypatch.setattr(erasure, "_cipher", erasure._cipher.__wrapped__)
    monkeypatch.setattr(importing, "LOT", 100)
    crowd.newsletter()
    peaks = []
    for count in (200, 2_000):
        path = tmp_path / f"{count}.csv"
        path.write_text("address\n" + "".join(f"m{count}.{n}@home.example\n" for n in range(count)))
        tracemalloc.start()
        import_list(crowd.dana, path, mailing_list="news", source="Fair")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # Ten times as many rows; if they were held it would be several times as much.
    assert peaks[1] < 2.5 * peaks[0]
