"""What comes back of a mailing: known by the address it came to, suppressed the next time."""

from pathlib import Path

from kantoor.departments.communication.actions.mailings.bouncing import note_failures, take_bounces
from kantoor.departments.communication.models import MailingTo
from kantoor.departments.communication.tests.mailings.conftest import (
    Newsroom,
    do_to_mailings,
    run,
)
from kantoor.departments.communication.tests.mailings.returned import bounce
from kantoor.kernel.mail.bounces.found import Failure
from kantoor.kernel.mail.bounces.recognise import failures_of
from kantoor.kernel.mail.keeping import keep_messages
from kantoor.kernel.mail.models import MailIn, Unreachable
from kantoor.kernel.mail.reading.message import read_message
from kantoor.kernel.mail.tests.post import Post
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from kantoor.kernel.tests.shared import shared_file

EVA, BO, CAS = "eva@example.org", "bo@example.org", "cas@example.org"


def arrive(newsroom: Newsroom, *contents: bytes) -> list[MailIn]:
    """Mail comes in at communication's mailbox; gives what was not taken."""
    actor = newsroom.house.administrator

    def take() -> list[MailIn]:
        kept = keep_messages(actor, contents, purpose="communication")
        return [row for row, _ in take_bounces(actor, [(a.row, a.message) for a in kept])]

    rest = do_to_mailings(actor, work=take)
    assert isinstance(rest, list)
    return rest


def senders(post: Post) -> dict[str, str]:
    """Where the bounces of each address go."""
    return {recipients[0]: sender for sender, recipients, _ in post.taken}


def test_a_bounce_belongs_to_whose_address_it_came_to_and_is_suppressed_next_time(
    newsroom: Newsroom, post: Post
) -> None:
    newsroom.send()
    run()
    to = senders(post)
    assert len(set(to.values())) == 3
    assert arrive(newsroom, bounce(to[EVA], EVA), bounce(to[BO], BO, "4.2.2")) == []
    assert newsroom.states() == {EVA: "bounced", BO: "bounced", CAS: "sent"}
    assert Unreachable.objects.get().address == EVA, "a full mailbox is not for good"
    assert MailIn.objects.first().about.startswith("communication.mailing/")  # type: ignore[union-attr]
    post.taken.clear()
    newsroom.send(newsroom.publish("Next"))
    run()
    assert {r[0] for _, r, _ in post.taken} == {BO, CAS}


def test_mail_that_was_passed_on_bounces_for_the_address_we_wrote_to(
    newsroom: Newsroom, post: Post
) -> None:
    newsroom.send()
    run()
    arrive(newsroom, bounce(senders(post)[EVA], "private@elsewhere.example"))
    assert newsroom.states()[EVA] == "bounced"
    assert Unreachable.objects.get().address == EVA


def test_a_delay_changes_nothing(newsroom: Newsroom, post: Post) -> None:
    newsroom.send()
    run()
    assert not arrive(newsroom, bounce(senders(post)[EVA], EVA, "4.4.1", "delayed"))
    assert newsroom.states()[EVA] == "sent"


def test_a_forged_bounce_silences_nobody(newsroom: Newsroom, post: Post) -> None:
    newsroom.send()
    run()
    genuine = senders(post)[EVA]
    forged = genuine.replace("+m", "+m1", 1)
    assert len(arrive(newsroom, bounce(forged, BO))) == 1
    assert len(arrive(newsroom, bounce("news@kantoor.example", BO))) == 1
    assert set(newsroom.states().values()) == {"sent"}
    assert not Unreachable.objects.exists()


def test_what_a_person_answers_there_is_given_back(newsroom: Newsroom, post: Post) -> None:
    newsroom.send()
    run()
    to = senders(post)[EVA]
    letter = f"From: Eva <{EVA}>\r\nTo: {to}\r\nSubject: Re: hall\r\n\r\nNice.\r\n".encode()
    assert [row.sender for row in arrive(newsroom, letter)] == [EVA]
    away = letter.replace(b"Subject: Re: hall", b"Subject: Away\r\nAuto-Submitted: auto-replied")
    assert arrive(newsroom, away) == []
    assert MailIn.objects.get(state="ignored").about


def test_what_a_provider_tells_counts_as_a_bounce(newsroom: Newsroom, post: Post) -> None:
    newsroom.send()
    run()
    row, actor = MailingTo.objects.get(address=BO), newsroom.house.administrator
    told = {row.pk: Failure(BO, "complaint", "", "spam")}
    assert do_to_mailings(actor, work=lambda: note_failures(actor, told)) == 1
    assert newsroom.states()[BO] == "bounced"
    assert Unreachable.objects.get().address == BO


def final_of(file: Path) -> list[Failure]:
    """What a sample says at last, by the one recogniser there is."""
    failures = failures_of(read_message(file.read_bytes()))
    return [each for each in failures if each.outcome in ("failed", "complaint")]


def test_real_bounces_are_recognised_with_their_reason_as_at_the_service_desk(
    newsroom: Newsroom, post: Post
) -> None:
    found = [f for f in sorted(shared_file("mail").glob("*.eml")) if not f.name.startswith("not-")]
    said = {file: final for file in found if (final := final_of(file))}
    assert len(said) > 100
    people = [EmployeeDraft(name=f.stem, email=f"{f.stem}@example.org") for f in said]
    add_employees(newsroom.house.administrator, employees=people)
    newsroom.send()
    run()
    to = senders(post)
    came = []
    for file in said:
        raw = file.read_bytes()
        end = next(each for each in (b"\r\n", b"\n", b"\r") if each in raw)
        came.append(f"Delivered-To: {to[f'{file.stem}@example.org']}".encode() + end + raw)
    assert arrive(newsroom, *came) == []
    rows = {row.address: row for row in MailingTo.objects.filter(state="bounced")}
    lost = set(Unreachable.objects.values_list("address", flat=True))
    for file, final in said.items():
        address = f"{file.stem}@example.org"
        assert final[0].reason[:30].strip() in rows[address].answer, file.stem
        assert (address in lost) == final[0].lasting, file.stem
