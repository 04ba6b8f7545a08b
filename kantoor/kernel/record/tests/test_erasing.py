"""The right to erasure: nothing personal remains, and everything is still proved."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.actors.models import Approval, Company, Grant, Role, RolePermission, Token, User
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.files.content import kept
from kantoor.kernel.files.files import FileGone, open_file, store_file
from kantoor.kernel.files.models import File
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record import erasing
from kantoor.kernel.record.after_erasing import leave_nothing
from kantoor.kernel.record.erasing import ErasureRefused, erase_person, erase_user
from kantoor.kernel.record.erasure import Subject, new_subjects
from kantoor.kernel.record.events import PersonErased
from kantoor.kernel.record.history import history
from kantoor.kernel.record.models import Erasure
from kantoor.kernel.record.signing import latest_head_note, sign_head
from kantoor.kernel.record.tests.elsewhere import run_elsewhere
from kantoor.kernel.record.tests.office import (
    faults,
    founded,
    organisation,
    perform,
    person,
    user_of,
)
from kantoor.kernel.record.verify.system import verify

NAMES = (b"Pietersen", b"pietersen.example", b"Zutphen", b"Lange Weg 1")


def erase(actor: Actor, party: str = "D1") -> None:
    """Erase with the second person's approval given."""
    with approved("kernel.erase_person"):
        erase_person(actor, party=party, why="asked by letter of 3 May")


def test_a_person_is_erased_everywhere_and_the_record_still_holds(anne: Actor) -> None:
    party = person(anne)
    key = party.subject_id
    assert key is not None
    sign_head()
    note = latest_head_note()
    perform(anne, lambda: Party.objects.filter(pk=party.pk).update(street="Lange Weg 1"))
    erase(anne)
    party.refresh_from_db()
    assert (party.name, party.email, party.city, party.subject_id) == (
        f"Erased {party.pk}",
        "",
        "",
        None,
    )
    assert party.erased_at is not None
    assert not Subject.objects.filter(pk=key).exists()
    assert faults(verify(against=[note])) == []
    assert not any(name in body for body in _bodies() for name in NAMES)
    last, *before = history(anne, of="kernel.party", key=party.pk)
    assert f"Erased {party.pk}" in [field.after for field in last.fields]
    assert [step.hidden for step in before] == ["erased", "erased"]
    found = Erasure.objects.get()
    assert (found.reference, found.why) == (
        f"kernel.party/{party.pk}",
        "asked by letter of 3 May",
    )


def _bodies() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM kernel_change")
        return [bytes(body) for (body,) in cursor.fetchall()]


def test_erasing_needs_a_second_person(anne: Actor) -> None:
    party = person(anne)
    with pytest.raises(NeedsSecondPair):
        erase_person(anne, party="D1", why="asked")
    request = Approval.objects.get()
    with pytest.raises(NotAllowed):
        approve_request(anne, approval_id=request.pk)
    approve_request(_boss(anne), approval_id=request.pk)
    party.refresh_from_db()
    assert party.erased_at is not None


def _boss(anne: Actor) -> Actor:
    """Somebody else who may erase; Anne gets the same role, so that she may ask."""

    def hire() -> User:
        now = timezone.now()
        role = Role.objects.create(code="boss", name_en="Boss", name_nl="Baas")
        RolePermission.objects.create(role=role, permission="*")
        boss = User.objects.create(sign_in="bo", name="Bo", created_at=now)
        for user in (boss.pk, user_of(anne)):
            Grant.objects.create(
                user_id=user, role=role, company_id=anne.company_id, granted_at=now
            )
        return boss

    return actor_for(perform(anne, hire), Company.objects.get(pk=anne.company_id))


def test_what_the_law_asks_to_keep_is_not_erased(
    anne: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = person(anne)
    reasons = {party.pk: "There are open items."}
    monkeypatch.setattr(erasing, "_objections", [lambda _company, key: reasons.get(key, "")])
    with pytest.raises(ErasureRefused, match="There are open items"):
        erase(anne)
    reasons.clear()
    erase(anne)
    assert faults() == []


def test_organisations_strangers_and_the_erased_are_not_erased(anne: Actor) -> None:
    organisation(anne)
    person(anne)
    with pytest.raises(InvalidInput):
        erase(anne, "D9")
    with pytest.raises(NotFound):
        erase(anne, "nobody")
    with pytest.raises(NotFound):
        erase(founded("Garage Vos"))
    erase(anne)
    with pytest.raises(Conflict):
        erase(anne)


def test_a_user_is_erased_with_roles_and_tokens(anne: Actor) -> None:
    boss = _boss(anne)

    def give() -> None:
        Token.objects.create(
            user_id=user_of(anne),
            company_id=anne.company_id,
            name="till",
            hash="0" * 64,
            created_at=timezone.now(),
        )

    perform(anne, give)
    sign_in = User.objects.get(pk=user_of(anne)).sign_in
    with approved("kernel.erase_user"):
        with pytest.raises(Conflict):
            erase_user(anne, sign_in=sign_in, why="left")
        with pytest.raises(NotFound):
            erase_user(boss, sign_in="nobody", why="left")
        erase_user(boss, sign_in=sign_in, why="left")
        with pytest.raises(Conflict):
            erase_user(boss, sign_in=f"erased-{anne.user_id}", why="left")
    user = User.objects.get(pk=user_of(anne))
    assert (user.name, user.email, user.password, user.active) == (
        f"Erased {user.pk}",
        "",
        "",
        False,
    )
    assert not Grant.objects.filter(user=user, ended_at=None).exists()
    assert not Token.objects.filter(user=user, revoked_at=None).exists()
    assert faults() == []


def test_files_of_a_person_go_with_them(anne: Actor) -> None:
    party = person(anne)

    def store() -> tuple[File, File, File]:
        mine = store_file(
            anne,
            content=b"my letter",
            name="letter Pietersen.txt",
            media_type="text/plain",
            subject_id=party.subject_id,
        )
        shared = store_file(
            anne,
            content=b"terms",
            name="terms.txt",
            media_type="text/plain",
            subject_id=party.subject_id,
        )
        other = store_file(anne, content=b"terms", name="terms.txt", media_type="text/plain")
        return mine, shared, other

    mine, shared, other = perform(anne, store)
    erase(anne)
    leave_nothing(PersonErased("kernel.party/1", (mine.sha256, shared.sha256)))
    mine.refresh_from_db()
    assert (mine.name, mine.erased_at is None) == ("erased", False)
    assert mine.sha256 not in set(kept())
    with pytest.raises(FileGone):
        open_file(anne, mine)
    assert open_file(anne, other).read() == b"terms"
    assert faults() == []


def test_rows_that_were_erased_hold_no_key(anne: Actor) -> None:
    subjects = perform(anne, lambda: list(new_subjects(2)))
    assert Subject.objects.filter(pk__in=subjects).count() == 2
    assert all(len(bytes(s.salt)) == 16 for s in Subject.objects.filter(pk__in=subjects))


# --- the files of the database


def erase_in_a_file() -> None:
    """Write a person, change them often enough that rows move between pages, and erase them."""
    anne = founded()
    with connection.cursor() as cursor:
        # Some builds of SQLite zero what is deleted by themselves; the worst case is tested.
        cursor.execute("PRAGMA secure_delete = OFF")
    for n in range(300):
        organisation(anne, name=f"Molen {n} " + "x" * 150, code=f"M{n}")
    party = person(anne, name="Jan Pietersen")
    for n in range(30):
        street = f"Lange Weg 1{'a' * n}"
        perform(
            anne,
            lambda street=street: Party.objects.filter(pk=party.pk).update(street=street),  # type: ignore[misc]
        )
        organisation(anne, code=f"N{n}")
    perform(
        anne,
        lambda: store_file(
            anne,
            content=b"Dear Jan Pietersen",
            name="Pietersen.txt",
            media_type="text/plain",
            subject_id=party.subject_id,
        ),
    )
    erase(anne)
    assert faults() == []
    print("erased")


@pytest.mark.sqlite_only
def test_no_byte_of_a_person_is_left_in_any_file(tmp_path: Path) -> None:
    assert run_elsewhere(erase_in_a_file, tmp_path) == "erased\n"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "kantoor.sqlite3" for path in files)
    assert b"Molen 7" in (tmp_path / "kantoor.sqlite3").read_bytes()
    for path in files:
        content = path.read_bytes()
        assert [name for name in NAMES if name in content] == [], path
    assert not (tmp_path / "scrub-wanted").exists()
