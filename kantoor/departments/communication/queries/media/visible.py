"""Which pictures one may see: as far as the items that show them, so that an embargo holds for both."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from kantoor.departments.communication.department import (
    MANAGE_MEDIA,
    READ_ITEMS,
    SEE_EMBARGOED,
)
from kantoor.departments.communication.models import (
    ItemTemplate,
    Picture,
    Publication,
    TextPicture,
)
from kantoor.departments.communication.models.items.item import PUBLISHED
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.rendering.reading import MEDIA, codes_in
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


def visible_pictures(actor: Actor) -> QuerySet[Picture]:
    """The pictures that one may see and use, also those that were taken away.

    Who keeps the library, and who may see every item, sees all. Others see those of items that
    they may see and of house templates, and their own: one that nothing shows yet may be of a
    release that nobody knows of.
    """
    found = scoped(actor, Picture)
    if actor.may(MANAGE_MEDIA) or (actor.may(READ_ITEMS) and actor.may(SEE_EMBARGOED)):
        return found
    texts = TextPicture.objects.filter(picture=OuterRef("pk"))
    shown = Q(Exists(texts.filter(text__item__in=visible_items(actor).order_by().values("pk"))))
    if actor.may(READ_ITEMS):
        shown |= Q(code__in=_of_templates(actor))
    if actor.user_id is not None:
        shown |= Q(added_by_id=actor.user_id)
    return found.filter(shown)


def is_public(picture: Picture) -> bool:
    """Whether something that is out shows it, as it is published now: not before, not of before."""
    later = Publication.objects.filter(
        item=OuterRef("item"), language=OuterRef("language"), pk__gt=OuterRef("pk")
    )
    out = Publication.objects.filter(text__pictures__picture=picture, item__state=PUBLISHED)
    return out.exclude(Exists(later)).exists()


def _of_templates(actor: Actor) -> set[str]:
    bodies = scoped(actor, ItemTemplate).filter(body__contains=MEDIA)
    return {code for body in bodies.values_list("body", flat=True) for code in codes_in(body)}
