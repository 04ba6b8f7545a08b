"""Who asks the trading company something: journalists it knows, and questions that wait."""

from kantoor.departments.communication.actions.contacts.keeping import add_contacts
from kantoor.departments.communication.actions.contacts.talking import note_conversations
from kantoor.departments.communication.actions.questions.noting import note_questions
from kantoor.departments.communication.drafts_contacts import ContactDraft, SaidDraft
from kantoor.departments.communication.drafts_questions import QuestionDraft
from kantoor.kernel.actors.actor import Actor

CONTACTS = (
    ContactDraft(
        name="Marloes Prins", email="m.prins@stentor.example", phone="+31 570 68 6868",
        medium="De Stentor", beat="Economie in Deventer", language="nl", tags="regio, logistiek",
    ),
    ContactDraft(
        name="Bas Groen", email="bas@vakbladgroothandel.example", medium="Vakblad Groothandel",
        beat="Groothandel", language="nl", tags="vakpers",
    ),
    ContactDraft(
        name="Anouk Teunissen", email="a.teunissen@deventer.example", kind="affairs",
        beat="Bedrijventerreinen", language="nl", tags="gemeente",
        remarks="Belt liever dan ze mailt.",
    ),
)  # fmt: skip


def be_asked(officer: Actor) -> None:
    """Note contacts, what was said with them, and questions that wait for an answer."""
    codes = add_contacts(officer, contacts=CONTACTS)
    note_conversations(
        officer,
        said=[
            SaidDraft(contact=codes[0], text="Wil het overnamenieuws als eerste in de regio."),
            SaidDraft(
                contact=codes[2], way="meeting",
                text="De Zutphenseweg gaat in het voorjaar drie weken dicht.",
            ),
        ],
    )  # fmt: skip
    note_questions(
        officer,
        questions=[
            QuestionDraft(
                title="Klopt het dat De Linde gaat uitbreiden?", contact=codes[0],
                text="Ze schrijft zaterdag over het bedrijventerrein.", owner="joris",
            ),
            QuestionDraft(
                kind="mention", channel="social", tone="good", title="Lof voor de snelle levering",
                text="“Besteld op maandag, dinsdag in de winkel.”", medium="LinkedIn",
            ),
        ],
    )  # fmt: skip
