"""A mail may carry one stored file, which is read when it is handed in."""

import pytest

from kantoor.kernel.files.content import path_of
from kantoor.kernel.files.files import store_file
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.outgoing import Letter, write_letters
from kantoor.kernel.mail.tests.post import Post
from kantoor.kernel.mail.tests.test_sending import BO, CAS, do_to_mail, mailbox, run, states
from tests.founded import House, found

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 \xe9\r\n figures\n"


def carried(house: House) -> File:
    """A letter with a file, and one without."""
    box, actor = mailbox(house), house.administrator

    def write() -> File:
        file = store_file(actor, content=CONTENT, name="rappört.pdf", media_type="application/pdf")
        with_it = Letter(box, "tests.case/5", ("c", 5), "Report", "Look.", [BO], attachment=file)
        without = Letter(box, "tests.case/6", ("c", 6), "None", "Nothing.", [CAS])
        write_letters(actor, [with_it, without])
        return file

    made = do_to_mail(actor, work=write)
    assert isinstance(made, File)
    return made


def test_the_file_arrives_under_its_name_byte_for_byte(post: Post) -> None:
    carried(found())
    run()
    (message,) = post.to("bo@example.org")
    (part,) = message.attachments()
    assert (part.name, part.part.content()) == ("rappört.pdf", CONTENT)
    texts = [each.text() for each in message.own_parts() if each.media_type == "text/plain"]
    assert [text.strip() for text in texts] == ["Look."]
    (other,) = post.to("cas@example.org")
    assert other.attachments() == []


def test_a_file_that_is_gone_stops_its_own_mail_alone(post: Post) -> None:
    path_of(carried(found()).sha256).unlink()
    run()
    assert states() == {"bo@example.org": "failed", "cas@example.org": "sent"}
