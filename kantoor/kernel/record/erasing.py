"""Erase a person: their rows lose what is personal, and the key to their past is destroyed.

The right to erasure (GDPR art. 17) ends where the law asks to keep (art. 17(3)(b)): a department
that has to keep something says so with `may_not_erase`. What is erased stays proved: every hash
of the record holds, and what was under them can't be read by anybody any more.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant, Token, User
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasure import Subject
from kantoor.kernel.record.events import FilesErased, PersonErased
from kantoor.kernel.record.models import Erasure

ERASE = "kernel.erase_person"
ERASE_USER = "kernel.erase_user"

Objection = Callable[[int, int], object]
"""Gives why a party (company, key) may not be erased, as a sentence; empty when it may."""
_objections: list[Objection] = []


Keys = Callable[[int, int], Iterable[int]]
"""Gives further keys under which a department holds a party (company, key)."""
_others: list[Keys] = []


Before = Callable[[Actor, int], object]
"""Is told who erases, and the key under which a person goes."""
_before: list[Before] = []


class ErasureRefused(DomainError):
    """The law asks to keep what the person asks to erase; the message says what and until when."""

    code = "erasure.refused"
    status = 409


def may_not_erase(function: Objection) -> Objection:
    """Register a reason of a department to keep a party, such as open items or a legal term."""
    if function not in _objections:
        _objections.append(function)
    return function


def also_known_as(function: Keys) -> Keys:
    """Register under which other keys a department holds a person: an address that it knew before
    they were a party. What is another party's too is not among them.
    """
    if function not in _others:
        _others.append(function)
    return function


def before_erasing(function: Before) -> Before:
    """Register what a department does, in the same act, before the rows under a key are blanked:
    keep what the law asks of it in a form that names nobody (GDPR art. 17(3)).
    """
    if function not in _before:
        _before.append(function)
    return function


def _always(_actor: Actor, _parameters: object) -> str:
    return force_str(_("Erasing a person can't be undone."))


@action(permission=ERASE, title=_("Erase a person"), second_pair=_always)
def erase_person(actor: Actor, /, *, party: str, why: str) -> None:
    """Erase what is personal of a party, by its code, everywhere and for good.

    `why` is kept: say what was asked and when, without naming the person. The party's entries
    stay, under a name that says nothing. Raises NotFound, InvalidInput when it is no person,
    Conflict when it was erased already, ErasureRefused when something has to be kept.
    """
    found = Party.objects.filter(company_id=actor.company_id, code=party).first()
    if found is None:
        raise NotFound(_("There is no party “{code}”.").format(code=party), field="party")
    if found.erased_at is not None:
        raise Conflict(_("This person was erased already."), field="party")
    if found.subject_id is None:
        raise InvalidInput(_("This is an organisation, not a person."), field="party")
    reasons = [
        force_str(said) for each in _objections if (said := each(actor.company_id, found.pk))
    ]
    if reasons:
        raise ErasureRefused(" ".join(reasons), field="party")
    others = {key for each in _others for key in each(actor.company_id, found.pk)}
    for key in sorted({found.subject_id, *others}):
        erase_subject(actor, f"kernel.party/{found.pk}", key, why)


@action(permission=ERASE_USER, title=_("Erase a user"), second_pair=_always)
def erase_user(actor: Actor, /, *, sign_in: str, why: str) -> None:
    """Erase what is personal of somebody who could sign in; what they did stays, without a name.

    Their roles end and their tokens are revoked. `why` is kept, as with a party.
    Raises NotFound, Conflict when it is oneself or was erased already.
    """
    user = User.objects.filter(sign_in=sign_in).first()
    if user is None:
        raise NotFound(_("There is no user “{name}”.").format(name=sign_in), field="sign_in")
    if user.pk == actor.user_id:
        raise Conflict(_("You can't erase yourself; ask a colleague."), field="sign_in")
    if user.subject_id is None:
        raise Conflict(_("This user was erased already, or is no person."), field="sign_in")
    now = timezone.now()
    Grant.objects.filter(user=user, ended_at=None).update(ended_at=now)
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    erase_subject(actor, f"kernel.user/{user.pk}", user.subject_id, why)


def erase_subject(actor: Actor, reference: str, subject_id: int, why: str) -> None:
    """Erase all of one person's rows, and the key to their past; part of an action.

    `reference` is what the person is known as (`kernel.party/12`); `why` names nobody.
    """
    concerns(reference)
    for each in _before:
        each(actor, subject_id)
    contents = tuple(File.objects.filter(subject_id=subject_id).values_list("sha256", flat=True))
    for model in personal_models():
        erase_rows(model, model._default_manager.filter(**{model.subject_field: subject_id}))  # type: ignore[attr-defined]
    Subject.objects.filter(pk=subject_id).delete()
    Erasure.objects.create(
        company_id=actor.company_id,
        reference=reference,
        subject=subject_id,
        why=why[:500],
        by_id=actor.user_id,
        at=timezone.now(),
    )
    publish(PersonErased(reference, contents))


def personal_models() -> list[type[models.Model]]:
    """The models whose rows may hold data of a person, by table."""
    found = [m for m in apps.get_models() if getattr(m, "subject_field", "")]
    return sorted(found, key=lambda model: model._meta.db_table)


def erase_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Make these rows say nothing of their person any more; part of an action.

    Their states of before stay in the record under the person's key until the person is erased.
    """
    blanks: dict[str, Any] = dict(model.erased_as)  # type: ignore[attr-defined]
    assert blanks, f"{model.__name__} doesn't say what becomes of a person's row (erased_as)"
    blanks[model.subject_field] = None  # type: ignore[attr-defined]
    if any(field.name == "erased_at" for field in model._meta.concrete_fields):
        blanks["erased_at"] = timezone.now()
    for row in rows:
        for name, value in blanks.items():
            text = isinstance(value, (str, Promise))
            setattr(row, name, force_str(value).format(pk=row.pk) if text else value)
        row.save()


def file_columns(model: type[models.Model]) -> list[str]:
    """The columns of a model that refer to files."""
    return [each.attname for each in model._meta.concrete_fields if each.related_model is File]


def erase_files(
    actor: Actor, keys: Collection[int], let_go: Collection[type[models.Model]]
) -> None:
    """Erase those of these files that are a person's and that nothing holds; part of an action.

    A row of `let_go` holds its file as long as it names a person.
    """
    held: set[int] = set()
    for model in apps.get_models():
        for column in file_columns(model):
            rows = model._default_manager.filter(**{f"{column}__in": keys})
            if model in let_go:
                rows = rows.exclude(**{model.subject_field: None})  # type: ignore[attr-defined]
            held.update(rows.values_list(column, flat=True))
    files = File.objects.filter(company_id=actor.company_id, pk__in=set(keys) - held)
    gone = list(files.filter(erased_at=None).exclude(subject_id=None).order_by("pk"))
    if gone:
        erase_rows(File, gone)
        publish(FilesErased(tuple(each.sha256 for each in gone)))
