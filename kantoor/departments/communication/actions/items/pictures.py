"""The pictures that texts show: in the library when they are written, and not expired when published."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.errors import BadPicture
from kantoor.departments.communication.models import ItemText, Picture, TextPicture
from kantoor.departments.communication.queries.media.showing import pictures_by_code
from kantoor.departments.communication.queries.media.visible import visible_pictures
from kantoor.departments.communication.rendering.reading import MEDIA, codes_in, pictures_in
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


def refuse_unknown_pictures(actor: Actor, texts: Sequence[tuple[str, str]]) -> None:
    """Refuse texts (and the picture above each) with a picture that is not in the library.

    One that the actor may not see is not there for them: a text would show it.
    """
    used = [codes_in(body, above.strip()) for body, above in texts]
    wanted = {code for codes in used for code in codes}
    seen = visible_pictures(actor).filter(taken_away_at=None, code__in=wanted) if wanted else None
    known = set(seen.values_list("code", flat=True)) if seen is not None else set()
    for (body, above), codes in zip(texts, used, strict=True):
        for code in codes:
            if code in known:
                continue
            if code == above.strip():
                message = _("There is no picture “{code}” in the library.").format(code=code[:60])
                raise BadPicture(message, field="picture")
            line = next(n for n, src, _alt in pictures_in(body) if src == f"{MEDIA}{code}")
            in_text = _("Line {line}: there is no picture “{code}” in the library.")
            raise BadPicture(in_text.format(line=line, code=code[:60]), field="body")


def note_pictures(actor: Actor, texts: Sequence[ItemText]) -> None:
    """Keep which pictures these new texts show; two statements."""
    used = {text: codes_in(text.body, text.picture) for text in texts}
    wanted = {code for codes in used.values() for code in codes}
    if not wanted:
        return
    rows = scoped(actor, Picture).filter(code__in=wanted)
    keys = dict(rows.values_list("code", "pk"))
    TextPicture.objects.bulk_create(
        TextPicture(text=text, picture_id=keys[code]) for text in texts for code in used[text]
    )


def refuse_expired_pictures(actor: Actor, texts: Sequence[ItemText]) -> None:
    """Refuse to publish texts with a picture that was taken away or may not be used any more."""
    used = {text.pk: codes_in(text.body, text.picture) for text in texts}
    known = pictures_by_code(actor, {code for codes in used.values() for code in codes})
    for text in texts:
        for code in used[text.pk]:
            if code not in known or known[code].refusal:
                message = _("The picture “{code}” of “{title}” may not be published any more.")
                raise BadPicture(message.format(code=code, title=text.title), field="codes")
