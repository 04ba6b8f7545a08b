"""Pictures come into the library, are described anew, and are taken away."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_MEDIA
from kantoor.departments.communication.drafts_media import NewPicture, PictureDraft
from kantoor.departments.communication.errors import BadPicture, KnownAlready
from kantoor.departments.communication.formats.sizes import SIDES, Drawn
from kantoor.departments.communication.models import Picture, PictureSize
from kantoor.departments.communication.models.media.picture import AGREED, NOBODY
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotFound, Refusals
from kantoor.kernel.files.files import Content, store_files
from kantoor.kernel.queries import scoped

NEEDED = ("title", "alt_nl", "alt_en", "owner", "licence")
TEXTS = (*NEEDED, "source", "people", "proof")
AT_ONCE = 20
"""Pictures that one act takes."""


@action(
    permission=MANAGE_MEDIA,
    title=_("Add pictures"),
    hidden=True,
    bulk_of="communication.add_picture",
)
def add_pictures(actor: Actor, /, *, pictures: Sequence[NewPicture]) -> list[str]:
    """Take pictures into the library, all or none; gives their codes.

    They come drawn in their sizes: to unpack one takes seconds, and an act holds the database.
    Raises BadPicture, KnownAlready, InvalidInput; the line is the place of the picture.
    """
    if len(pictures) > AT_ONCE:
        message = _("Add at most {most} pictures at once.").format(most=AT_ONCE)
        raise InvalidInput(message, field="pictures")
    _refuse(each.picture for each in pictures)
    codes = _codes(actor, [each.picture for each in pictures])
    rows = Picture.objects.bulk_create(
        _filled(
            Picture(
                company_id=actor.company_id,
                code=code,
                added_at=timezone.now(),
                added_by_id=actor.user_id,
            ),
            each.picture,
        )
        for code, each in zip(codes, pictures, strict=True)
    )
    sizes = [(row, size) for row, each in zip(rows, pictures, strict=True) for size in each.sizes]
    assert all(size.name in SIDES for _row, size in sizes)
    assert all(any(size.name == "full" for size in each.sizes) for each in pictures)
    _keep_sizes(actor, sizes)
    if len(rows) == 1:
        concerns(f"communication.picture/{rows[0].pk}")
    return codes


@action(permission=MANAGE_MEDIA, title=_("Add a picture"), hidden=True)
def add_picture(actor: Actor, /, *, picture: PictureDraft, sizes: Sequence[Drawn]) -> str:
    """Take one picture into the library; gives its code."""
    return add_pictures(actor, pictures=[NewPicture(picture=picture, sizes=sizes)])[0]


@action(permission=MANAGE_MEDIA, title=_("Change what is known of a picture"))
def change_picture(actor: Actor, /, *, code: str, picture: PictureDraft) -> None:
    """Say anew what a picture shows, whose it is and until when; its code stays.

    Raises BadPicture, InvalidInput.
    """
    row = _locked(actor, [code])[0]
    _refuse([picture])
    _filled(row, picture).save()
    concerns(f"communication.picture/{row.pk}")


@action(
    permission=MANAGE_MEDIA,
    title=_("Take pictures away"),
    bulk_of="communication.take_away_picture",
)
def take_away_pictures(actor: Actor, /, *, codes: Sequence[str], why: str) -> int:
    """Show these pictures nowhere any more, also where they were published; gives how many.

    Raises BadPicture for a code that is not in the library, InvalidInput without a reason.
    """
    if not why.strip() or len(why) > 300:
        raise InvalidInput(_("Say why, in at most 300 characters."), field="why")
    rows = _locked(actor, codes)
    for row in rows:
        row.taken_away_at, row.why = timezone.now(), why.strip()
    Picture.objects.bulk_update(rows, ["taken_away_at", "why"])
    if len(rows) == 1:
        concerns(f"communication.picture/{rows[0].pk}")
    return len(rows)


@action(permission=MANAGE_MEDIA, title=_("Take a picture away"))
def take_away_picture(actor: Actor, /, *, code: str, why: str) -> int:
    """Show one picture nowhere any more."""
    return take_away_pictures(actor, codes=[code], why=why)


@action(
    permission=MANAGE_MEDIA,
    title=_("Put pictures back"),
    bulk_of="communication.put_back_picture",
)
def put_back_pictures(actor: Actor, /, *, codes: Sequence[str]) -> int:
    """Show pictures again that were taken away; gives how many. Raises BadPicture."""
    rows = _locked(actor, codes, there=False)
    for row in rows:
        row.taken_away_at, row.why = None, ""
    Picture.objects.bulk_update(rows, ["taken_away_at", "why"])
    if len(rows) == 1:
        concerns(f"communication.picture/{rows[0].pk}")
    return len(rows)


@action(permission=MANAGE_MEDIA, title=_("Put a picture back"))
def put_back_picture(actor: Actor, /, *, code: str) -> int:
    """Show one picture again."""
    return put_back_pictures(actor, codes=[code])


def _refuse(pictures: Iterable[PictureDraft]) -> None:
    """Refuse what is not said, or does not fit together."""
    found: list[DomainError] = []
    several = list(pictures)
    for place, each in enumerate(several, 1):
        line = place if len(several) > 1 else None
        missing = [name for name in NEEDED if not getattr(each, name).strip()]
        found += [InvalidInput(_("Fill this in."), field=name, line=line) for name in missing]
        if each.consent == AGREED and not (each.people.strip() and each.proof.strip()):
            message = _("Say who is shown, and where it stands that they agreed.")
            found.append(BadPicture(message, field="people", line=line))
        if each.consent == NOBODY and each.people.strip():
            message = _("Somebody is named here; say whether they agreed.")
            found.append(BadPicture(message, field="consent", line=line))
    if found:
        raise found[0] if len(found) == 1 else Refusals(found)


def _codes(actor: Actor, drafts: Sequence[PictureDraft]) -> list[str]:
    """The code of each: as given, or made from its title where that is not taken."""
    said = [slugify(each.code or each.title)[:50].strip("-") or "picture" for each in drafts]
    taken = set(
        Picture.objects.filter(company=actor.company_id, code__regex=_begins(said)).values_list(
            "code", flat=True
        )
    )
    found = []
    for place, (draft, base) in enumerate(zip(drafts, said, strict=True), 1):
        code, number = base, 1
        if draft.code and (draft.code != base or base in taken):
            line = place if len(drafts) > 1 else None
            if base in taken:
                raise KnownAlready(
                    _("There is a picture “{code}” already.").format(code=base),
                    field="code", line=line,
                )  # fmt: skip
            message = _("Give a code of small letters, digits and hyphens.")
            raise InvalidInput(message, field="code", line=line)
        while code in taken:
            number += 1
            code = f"{base}-{number}"
        taken.add(code)
        found.append(code)
    return found


def _begins(codes: Sequence[str]) -> str:
    """A pattern of the codes themselves, and of those with a number behind them."""
    return "^(" + "|".join(sorted(set(codes))) + ")(-[0-9]+)?$"


def _filled(row: Picture, draft: PictureDraft) -> Picture:
    for name in TEXTS:
        setattr(row, name, getattr(draft, name).strip())
    row.expires_on, row.consent = draft.expires_on, draft.consent
    return row


def _keep_sizes(actor: Actor, sizes: Sequence[tuple[Picture, Drawn]]) -> None:
    files = store_files(
        actor,
        [
            Content(size.content, f"{row.code}-{size.name}.{size.ending}", size.media_type, None)
            for row, size in sizes
        ],
    )
    PictureSize.objects.bulk_create(
        PictureSize(
            picture=row, name=size.name, width=size.width, height=size.height, file=file
        )
        for (row, size), file in zip(sizes, files, strict=True)
    )  # fmt: skip


def _locked(actor: Actor, codes: Sequence[str], *, there: bool = True) -> list[Picture]:
    """The pictures with these codes that are in the library, or that were taken away."""
    rows = scoped(actor, Picture).select_for_update().filter(code__in=set(codes))
    found = {row.code: row for row in rows.filter(taken_away_at__isnull=there)}
    for place, code in enumerate(codes, 1):
        if code not in found:
            message = _("There is no picture “{code}”.").format(code=code[:60])
            raise NotFound(message, field="code", line=place if len(codes) > 1 else None)
    return [found[code] for code in dict.fromkeys(codes)]
