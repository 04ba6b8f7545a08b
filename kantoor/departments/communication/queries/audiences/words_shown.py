"""Which words somebody saw when they agreed: forms carry their digest, and acts compare it."""

from hashlib import sha256

from django.utils.translation import gettext as _

from kantoor.departments.communication.errors import WordsChanged


def words_digest(text: str) -> str:
    """What names the words that are agreed to; everybody may make it, since the words are public."""
    return sha256(text.encode()).hexdigest()[:32]


def refuse_other_words(shown: str, text: str) -> None:
    """Raise WordsChanged where the words that were shown are not those of now.

    Consent is given to what one saw (GDPR art. 4(11), 7(1)): who saw nothing agreed to nothing.
    """
    if shown != words_digest(text):
        message = _("What you agree to changed while you read it. Read it again, please.")
        raise WordsChanged(message, field="agree")
