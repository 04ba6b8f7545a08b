"""Fills a company with pictures, contacts and questions for the browser: `python -m tests.browser.pressed`."""

import io
import os

import django
from PIL import Image

PASSWORD = "eleven grey herons"


def main() -> None:
    """A communication officer with two pictures, a contact, and what was asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from datetime import timedelta

    from django.utils import timezone

    from kantoor.departments.communication.actions.contacts.keeping import add_contact
    from kantoor.departments.communication.actions.contacts.talking import note_conversation
    from kantoor.departments.communication.actions.mail.arriving import keep_mail, place_mail
    from kantoor.departments.communication.actions.media.keeping import add_picture
    from kantoor.departments.communication.actions.questions.noting import note_question
    from kantoor.departments.communication.drafts_contacts import ContactDraft, SaidDraft
    from kantoor.departments.communication.drafts_media import PictureDraft
    from kantoor.departments.communication.drafts_questions import QuestionDraft
    from kantoor.departments.communication.formats.pictures import drawn
    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user

    company = Company.objects.get()
    add_user(
        console_actor(company), sign_in="nora", name="Nora Visser", roles=["communication_officer"],
        password=PASSWORD, password_is_temporary=False,
    )  # fmt: skip
    nora = actor_for(User.objects.get(sign_in="nora"), company)
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(picture, "JPEG")
    for title, days in (("The new hall", None), ("Summer campaign", 9)):
        add_picture(
            nora,
            picture=PictureDraft(
                title=title, alt_nl="Een hoge hal", alt_en="A high hall", owner="Ada Lens",
                licence="Our own",
                expires_on=timezone.localdate() + timedelta(days=days) if days else None,
            ),
            sizes=drawn(picture.getvalue()),
        )  # fmt: skip
    code = add_contact(
        nora,
        contact=ContactDraft(
            name="Joris Pen", email="joris@courant.example", medium="De Courant", tags="trade"
        ),
    )
    note_conversation(nora, said=SaidDraft(contact=code, text="He works on a story of nights."))
    asked = QuestionDraft(title="How many work at night?", contact=code, asker="Joris Pen")
    note_question(nora, question=asked)
    raw = b"From: News <n@x.example>\nSubject: The week\nPrecedence: bulk\nList-Id: <l>\n\nNews\n"
    place_mail(nora, mail_ids=keep_mail(nora, contents=[raw]))


if __name__ == "__main__":
    main()
