"""All models of communication, gathered for Django."""

from kantoor.departments.communication.models.audiences.audience import Audience, AudiencePart
from kantoor.departments.communication.models.audiences.consent import (
    Consent,
    ForgottenStop,
    NoMail,
    Purpose,
)
from kantoor.departments.communication.models.audiences.lists import (
    ListMember,
    MailingList,
    SignUp,
    Subscriber,
)
from kantoor.departments.communication.models.contacts.contact import (
    Contact,
    ContactTag,
    Conversation,
    ConversationFile,
)
from kantoor.departments.communication.models.items.item import Item
from kantoor.departments.communication.models.items.publication import Publication, Withdrawal
from kantoor.departments.communication.models.items.remark import ItemRemark
from kantoor.departments.communication.models.items.template import ItemTemplate
from kantoor.departments.communication.models.items.text import ItemDecision, ItemPlacing, ItemText
from kantoor.departments.communication.models.mailings.channel import Channel, SigningKey
from kantoor.departments.communication.models.mailings.mailing import (
    Mailing,
    MailingLink,
    MailingText,
    MailingTo,
)
from kantoor.departments.communication.models.media.picture import Picture, PictureSize
from kantoor.departments.communication.models.media.use import TextPicture
from kantoor.departments.communication.models.pages.faces import PressPage, Screen
from kantoor.departments.communication.models.questions.question import (
    Question,
    QuestionEvent,
    QuestionFile,
    QuestionTerms,
)
from kantoor.departments.communication.models.reading.asked import ReadingAsked, ReadingStep
from kantoor.departments.communication.models.reading.rounds import IncidentNotice, ReadingRound

__all__ = [
    "Audience",
    "AudiencePart",
    "Channel",
    "Consent",
    "Contact",
    "ContactTag",
    "Conversation",
    "ConversationFile",
    "ForgottenStop",
    "IncidentNotice",
    "Item",
    "ItemDecision",
    "ItemPlacing",
    "ItemRemark",
    "ItemTemplate",
    "ItemText",
    "ListMember",
    "Mailing",
    "MailingLink",
    "MailingList",
    "MailingText",
    "MailingTo",
    "NoMail",
    "Picture",
    "PictureSize",
    "PressPage",
    "Publication",
    "Purpose",
    "Question",
    "QuestionEvent",
    "QuestionFile",
    "QuestionTerms",
    "ReadingAsked",
    "ReadingRound",
    "ReadingStep",
    "Screen",
    "SignUp",
    "SigningKey",
    "Subscriber",
    "TextPicture",
    "Withdrawal",
]
