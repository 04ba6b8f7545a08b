"""Rows in every table of pictures, contacts and questions, for `complete.py`."""

import io

from PIL import Image

from kantoor.departments.communication.actions.contacts.keeping import add_contact
from kantoor.departments.communication.actions.contacts.talking import note_conversation
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.mail.arriving import keep_mail, place_mail
from kantoor.departments.communication.actions.media.keeping import add_picture
from kantoor.departments.communication.actions.questions.noting import note_question
from kantoor.departments.communication.actions.questions.terms import set_question_terms
from kantoor.departments.communication.drafts_contacts import ContactDraft, FileDraft, SaidDraft
from kantoor.departments.communication.drafts_items import ItemDraft
from kantoor.departments.communication.drafts_media import PictureDraft
from kantoor.departments.communication.drafts_questions import QuestionDraft, TermsDraft
from kantoor.departments.communication.formats.pictures import drawn
from tests.founded import House

MAIL = (
    b'From: ada%d@courant.example\nSubject: The hall\nContent-Type: multipart/mixed; boundary="x"\n'
    b"\n--x\n\nHow high is it?\n--x\nContent-Type: text/plain; name=a.txt\n"
    b"Content-Disposition: attachment; filename=a.txt\n\nA drawing.\n--x--\n"
)


def communication_press(house: House, garage: House) -> None:
    """Everything of pictures, contacts and questions that leaves rows, some in another company."""
    anne = house.administrator
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(picture, "JPEG")
    for n in range(2):
        add_picture(
            anne,
            picture=PictureDraft(
                title=f"Hall {n}", alt_nl="Een hal", alt_en="A hall", owner="Ada", licence="Ours"
            ),
            sizes=drawn(picture.getvalue()),
        )
        body = f"![A hall](media:hall-{n})"
        write_item(anne, item=ItemDraft(title=f"The hall {n}", body=body))
        code = add_contact(
            anne,
            contact=ContactDraft(
                name=f"Ada {n}", email=f"ada{n}@courant.example", medium="De Courant", tags="trade"
            ),
        )
        file = FileDraft(name="figures.txt", content=b"Two hundred")
        note_conversation(anne, said=SaidDraft(contact=code, text="Figures.", files=[file]))
    note_question(anne, question=QuestionDraft(title="By telephone", asker="Cor"))
    place_mail(anne, mail_ids=keep_mail(anne, contents=[MAIL % n for n in range(2)]))
    for actor in (anne, garage.administrator):
        set_question_terms(actor, terms=TermsDraft(monitors="alerts@watch.example"))
