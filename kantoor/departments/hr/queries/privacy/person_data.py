"""All that is kept about one person, in every department, as one ZIP of JSON, CSV and files.

Found by what the models say themselves: the column of the person's key, and whatever refers to
their party or hangs under such a row within HR. GDPR art. 15 and 20.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_privacy import NotYoursToGive
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.files.content import path_of
from kantoor.kernel.files.models import File
from kantoor.kernel.looks.noting import note_looks
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.queries import query, scoped

MOST_ROWS = 100_000
DEPTH = 3
HIDDEN = frozenset({"password", "session_salt", "salt", "secret", "token"})
"""What proves who one is, is nobody's to read, not even one's own."""
DRAFTS = {
    "hr_review": ("summary", "manager_done_at"),
    "hr_review_answer": ("managers", "review__manager_done_at"),
}
"""By table a column that is its writer's alone until a moment is filled in: a manager's part of a
review before it is handed in."""
EVERYTHING = ("hr.see_pay", "hr.see_sickness")
WHOSE = ("party", "employee")
Found = dict[type[models.Model], set[int]]


@query(permission="hr.use_own", title=_("All that is kept about me"))
def my_data(actor: Actor, /) -> IO[bytes]:
    """One's own data as a ZIP; raises NotLinked."""
    return _zipped(own_party(actor))


@query(permission="hr.give_data", title=_("All that is kept about somebody"))
def person_data(actor: Actor, /, *, party: str) -> IO[bytes]:
    """Somebody's data as a ZIP, for who may see everything in it; the look is kept.

    Raises NotFound, NotYoursToGive: then the person can take it themselves.
    """
    if not all(actor.may(each) for each in EVERYTHING):
        message = _(
            "There may be pay and sick notes in it, which you may not see."
            " The person can fetch it under Mine, or ask somebody who may see both."
        )
        raise NotYoursToGive(message)
    found = scoped(actor, Party).filter(code=party).first()
    if found is None:
        unknown = _("There is no relation “{code}”.").format(code=party[:40])
        raise NotFound(unknown, field="party")
    note_looks(actor, "export", "hr.person_data", [found.pk])
    return _zipped(found)


def _zipped(party: Party) -> IO[bytes]:
    """The archive, in a file that is gone when it is closed."""
    target = tempfile.TemporaryFile()  # noqa: SIM115  # the caller closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        found = _rows_about(party)
        index = {}
        for model in sorted(found, key=lambda each: each._meta.db_table):
            rows = list(_rows(model, found[model]))
            table = model._meta.db_table
            index[table] = len(rows)
            archive.writestr(f"data/{table}.json", _as_json(rows))
            archive.writestr(f"data/{table}.csv", _as_csv(rows))
        for file in File.objects.filter(pk__in=found.get(File, set()), erased_at=None):
            path = path_of(file.sha256)
            if path.exists():
                archive.write(path, f"files/{file.pk}-{file.name.replace('/', '_')}")
        archive.writestr("index.json", _as_json(index))
    target.seek(0)
    return target


def _rows_about(party: Party) -> Found:
    """The keys of all rows about a person, by their models."""
    found: Found = {Party: {party.pk}}
    user = PartyUser.objects.filter(party=party).values_list("user_id", flat=True).first()
    subjects = {party.subject_id} - {None}
    for model in apps.get_models():
        keys: set[int] = set()
        if name := getattr(model, "subject_field", ""):
            keys |= _keys(model, {f"{name}__in": subjects}) if subjects else set()
        for field in _references(model, Party):
            # In HR another name is another part: a manager, a head, a deputy.
            if model._meta.app_label != "hr" or field in WHOSE:
                keys |= _keys(model, {field: party.pk})
        if keys:
            found.setdefault(model, set()).update(keys)
    if user is not None:
        found.setdefault(apps.get_model("kernel", "User"), set()).add(user)
    _follow(found, party)
    return found


def _follow(found: Found, party: Party) -> None:
    """Add what hangs under rows of HR that are the person's own: versions, lines, steps.

    What is under them and somebody else's, by the key of the person, stays out.
    """
    ours = list(apps.get_app_config("hr").get_models())
    reached = {model: set(keys) for model, keys in found.items() if model in ours}
    for _level in range(DEPTH):
        fresh: Found = {}
        for model in ours:
            for target, keys in reached.items():
                for field in _references(model, target):
                    wanted: dict[str, Any] = {f"{field}__in": keys}
                    if name := getattr(model, "subject_field", ""):
                        wanted[name] = party.subject_id
                    more = _keys(model, wanted) - found.get(model, set())
                    if more:
                        fresh.setdefault(model, set()).update(more)
        if not fresh:
            return
        for model, keys in fresh.items():
            found.setdefault(model, set()).update(keys)
        reached = fresh


def _references(model: type[models.Model], target: type[models.Model]) -> list[str]:
    """The columns by which a model refers to another."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is target
    ]


def _keys(model: type[models.Model], wanted: dict[str, Any]) -> set[int]:
    counts: dict[str, Any] = getattr(model, "counts_when", {})
    rows = model._default_manager.filter(**wanted, **counts).values_list("pk", flat=True)
    keys = set(rows[: MOST_ROWS + 1])
    if len(keys) > MOST_ROWS:
        message = _("There are more than {most} rows in {table}; ask for these apart.")
        raise InvalidInput(message.format(most=MOST_ROWS, table=model._meta.db_table))
    return keys


def _rows(model: type[models.Model], keys: set[int]) -> Iterator[dict[str, Any]]:
    """The rows, without secrets and raw bytes, in the order of their keys."""
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in HIDDEN and not isinstance(field, models.BinaryField)
    ]
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        some = model._default_manager.filter(pk__in=ordered[start : start + 500])
        column, handed_in = DRAFTS.get(model._meta.db_table, ("", ""))
        drafts = some.filter(**{handed_in: None}) if column else some.none()
        unseen = set(drafts.values_list("pk", flat=True))
        for row in some.order_by("pk").values(*names):
            yield {**row, column: ""} if row.get("id") in unseen else row


def _as_json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False, indent=1)


def _as_csv(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _plain(value: Any) -> Any:
    """A cell; what a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return value
