"""All models of communication, gathered for Django."""

from kantoor.departments.communication.models.audiences.audience import Audience, AudiencePart
from kantoor.departments.communication.models.items.item import Item
from kantoor.departments.communication.models.items.publication import Publication, Withdrawal
from kantoor.departments.communication.models.items.text import ItemDecision, ItemText
from kantoor.departments.communication.models.media.picture import Picture, PictureSize
from kantoor.departments.communication.models.pages.faces import PressPage, Screen

__all__ = [
    "Audience",
    "AudiencePart",
    "Item",
    "ItemDecision",
    "ItemText",
    "Picture",
    "PictureSize",
    "PressPage",
    "Publication",
    "Screen",
    "Withdrawal",
]
