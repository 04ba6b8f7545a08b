"""Contacts: added by hand and from a list, changed, spoken with, and reached by audiences."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.communication.actions.contacts.keeping import (
    add_contact,
    add_contacts,
    change_contact,
    import_contacts,
)
from kantoor.departments.communication.actions.contacts.talking import (
    note_conversation,
    note_conversations,
)
from kantoor.departments.communication.drafts_contacts import (
    ContactChange,
    ContactDraft,
    FileDraft,
    SaidDraft,
)
from kantoor.departments.communication.errors import KnownAlready
from kantoor.departments.communication.models import Contact
from kantoor.departments.communication.queries.contacts.kinds import (
    contacts_tagged,
    press_contacts,
)
from kantoor.departments.communication.queries.contacts.register import (
    contact,
    contact_tags,
    contacts,
)
from kantoor.departments.communication.tests.press import Press, signed_in, statements
from kantoor.kernel.actions.context import approved
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound, Refusals
from kantoor.kernel.parties.models import Party, PartyRole
from kantoor.kernel.record.erasing import erase_person


def test_a_contact_is_a_relation_with_the_role_of_the_press(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft())
    assert code == "PC-00001"
    party = Party.objects.get(code=code)
    assert (party.name, party.email, party.kind) == ("Joris Pen", "joris@courant.example", "person")
    assert party.subject_id == Contact.objects.get().subject_id is not None
    assert PartyRole.objects.filter(party=party, role="press").exists()
    row = contact(press.nora, code=code).row
    assert (row.medium, row.beat, row.tags) == ("De Courant", "logistics", "national, trade")


def test_who_is_a_relation_already_becomes_a_contact_and_no_second_one(press: Press) -> None:
    first = add_contact(press.nora, contact=press.draft())
    with pytest.raises(KnownAlready, match="Joris Pen is a contact already"):
        add_contact(press.nora, contact=press.draft(name="Joris", email="JORIS@courant.example"))
    with pytest.raises(KnownAlready, match="relation is a contact already"):
        add_contact(press.nora, contact=press.draft(email="", party=first))
    with pytest.raises(NotFound):
        add_contact(press.nora, contact=press.draft(email="a@b.example", party="NOBODY"))
    assert Contact.objects.count() == 1


def test_an_empty_list_adds_nobody_and_takes_no_number(press: Press) -> None:
    assert add_contacts(press.nora, contacts=[]) == []
    assert add_contact(press.nora, contact=press.draft()) == "PC-00001"


def test_several_are_added_all_or_none_and_each_fault_is_named(press: Press) -> None:
    with pytest.raises(Refusals) as refused:
        add_contacts(
            press.nora,
            contacts=[press.draft(), press.draft(name="", email="x"), press.draft(language="fr")],
        )
    places = [(each.place.field, each.place.line) for each in refused.value.errors]
    assert places == [("name", 2), ("email", 2), ("language", 3)]
    assert not Contact.objects.exists()


def test_a_list_from_a_spreadsheet_is_taken_in_and_known_addresses_are_passed_over(
    press: Press,
) -> None:
    add_contact(press.nora, contact=press.draft())
    text = (
        "\ufeffName\tEmail\tMedium\tKind\tTags\n"
        "Joris Pen\tjoris@courant.example\tDe Courant\tpress\ttrade\n"
        "Ada Wet\tada@kamer.example\tTweede Kamer\taffairs\tlogistics, law\n"
        "\t\t\t\t\n"
        "Ada again\tADA@kamer.example\t\t\t\n"
        "Cor Zonder\t\tRadio Noord\t\t\n"
    )
    found = import_contacts(press.nora, rows=text)
    assert (found.added, found.known) == (2, 2)
    named = {row.name: row.kind for row in contacts(press.nora).rows}
    assert named == {"Ada Wet": "affairs", "Cor Zonder": "press", "Joris Pen": "press"}
    assert contact_tags(press.nora) == {"law": 1, "logistics": 1, "national": 1, "trade": 1}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "names the columns"),
        ("name,shoe\nA,43\n", 1, "no column “shoe”"),
        ("name,email\nA,a@b.example\nB,none\n", 3, "e-mail address"),
        ("name,kind\nA,baker\n", 2, "none of press"),
        ("name\nA,B\n", 2, "more cells"),
        ('name\n"A\n', 2, "can't be read"),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_its_line(
    press: Press, text: str, line: int, said: str
) -> None:
    with pytest.raises(DomainError, match=said) as refused:
        import_contacts(press.nora, rows=text)
    assert refused.value.place.line == line
    assert not Contact.objects.exists()


def test_statements_do_not_grow_with_the_list(press: Press) -> None:
    def rows(count: int, of: str) -> str:
        return "name,email,tags\n" + "".join(f"{of}{n},{of}{n}@x.example,a\n" for n in range(count))

    import_contacts(press.nora, rows=rows(1, "first"))
    few = statements(lambda: import_contacts(press.nora, rows=rows(3, "some")))
    many = statements(lambda: import_contacts(press.nora, rows=rows(60, "many")))
    assert many <= few + 1


def test_a_contact_changes_and_stops_being_one(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft())
    change_contact(
        press.nora, code=code, change=ContactChange(medium="De Krant", tags="local", phone="020 1")
    )
    row = contact(press.nora, code=code).row
    assert (row.medium, row.tags, row.phone, row.name) == (
        "De Krant",
        "local",
        "020 1",
        "Joris Pen",
    )
    with pytest.raises(InvalidInput):
        change_contact(press.nora, code=code, change=ContactChange(email="nothing"))
    change_contact(press.nora, code=code, change=ContactChange(active=False))
    assert contacts(press.nora).rows == []
    assert [row.code for row in contacts(press.nora, active="0").rows] == [code]


def test_what_was_said_stands_with_the_contact_the_latest_first(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft())
    note_conversation(press.nora, said=SaidDraft(contact=code, text="He asks for figures."))
    note_conversations(
        press.nora,
        said=[
            SaidDraft(
                contact=code, text="Sent them.", way="mail",
                files=[FileDraft(name="figures.xlsx", content=b"PK figures")],
            )
        ],
    )  # fmt: skip
    shown = contact(press.nora, code=code)
    assert [(each.way, each.text, each.who) for each in shown.said] == [
        ("mail", "Sent them.", "Nora"),
        ("call", "He asks for figures.", "Nora"),
    ]
    assert [file.name for file in shown.said[0].files] == ["figures.xlsx"]
    with pytest.raises(InvalidInput):
        note_conversation(press.nora, said=SaidDraft(contact=code, text=" "))
    with pytest.raises(NotFound):
        note_conversation(press.nora, said=SaidDraft(contact="PC-9", text="Hm."))
    later = timezone.now().replace(year=2999)
    with pytest.raises(InvalidInput):
        note_conversation(press.nora, said=SaidDraft(contact=code, text="Hm.", at=later))


def test_audiences_ask_for_contacts_by_kind_and_word_as_long_as_they_are_one(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft())
    add_contact(
        press.nora,
        contact=press.draft(name="Ada", email="ada@x.example", kind="affairs", tags="law"),
    )
    company = press.nora.company_id
    assert [each.name for each in press_contacts(company, ["press"])] == ["Joris Pen"]
    assert press_contacts(company, ["press", "affairs"]).count() == 2
    assert [each.name for each in contacts_tagged(company, ["law", "trade"]).order_by("name")] == [
        "Ada", "Joris Pen",
    ]  # fmt: skip
    change_contact(press.nora, code=code, change=ContactChange(active=False))
    assert not press_contacts(company, ["press"]).exists()
    assert not contacts_tagged(company, ["trade"]).exists()


def test_an_erased_contact_leaves_no_words(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft(remarks="Likes tea."))
    note_conversation(press.nora, said=SaidDraft(contact=code, text="He is ill."))
    with approved("kernel.erase_person"):
        erase_person(press.house.administrator, party=code, why="Asked on 3 March.")
    shown = contact(press.nora, code=code)
    assert (shown.row.medium, shown.remarks, shown.said[0].text) == ("", "", "")


def test_who_only_works_here_sees_no_contacts(press: Press) -> None:
    with pytest.raises(NotAllowed):
        contacts(press.eva)
    with pytest.raises(NotAllowed):
        add_contact(press.eva, contact=ContactDraft(name="Joris"))


def test_the_pages_of_contacts(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft())
    client = signed_in("nora")
    assert client.get("/communication/contacts").status_code == 200
    said = client.post(
        f"/communication/contacts/{code}/said", {"way": "meeting", "text": "Had <b>coffee</b>."}
    )
    assert said.status_code == 302
    page = client.get(f"/communication/contacts/{code}").content.decode()
    assert "Had &lt;b&gt;coffee&lt;/b&gt;." in page
    note_conversation(
        press.nora,
        said=SaidDraft(
            contact=code, text="A page.", files=[FileDraft(name="a.html", content=b"<script>")]
        ),
    )
    file = contact(press.nora, code=code).said[0].files[0]
    answer = client.get(f"/communication/contacts/{code}/files/{file.id}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Client().get(f"/communication/contacts/{code}").status_code == 302
    large = client.generic(
        "POST", f"/communication/contacts/{code}/said", b"", "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 2**20),
    )  # fmt: skip
    assert large.status_code == 413


def test_when_something_was_said_is_a_moment_with_its_zone(press: Press) -> None:
    code = add_contact(press.nora, contact=press.draft())
    nine = datetime.fromisoformat("2026-01-01T09:00")
    with pytest.raises(InvalidInput, match="time zone"):
        note_conversation(press.nora, said=SaidDraft(contact=code, text="Hm.", at=nine))
