"""The contract that every department passes; a new one passes it without a line of test.

Each function gives the breaches it finds as sentences, so that a failing test says what to mend.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import override

import kantoor
from kantoor.kernel.actions.registry import Action, actions
from kantoor.kernel.departments import Department
from kantoor.kernel.queries import Query, queries
from kantoor.kernel.store.kept import Kept

PACKAGE = Path(kantoor.__file__).parent
PROJECT = PACKAGE.parent
TEMPLATE_WORD = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"'/]+)/")
URL_WORD = re.compile(r"{%\s*url\s+[\"']([^\"':]+):")
COMMON = {"ui", "kernel", "shell"}


def folder_of(name: str) -> Path:
    """Where a department (or `kernel`) lives."""
    return PACKAGE / (name if name == "kernel" else settings.ROOMS[name].replace(".", "/"))


def foreign_relations(department: Department) -> Iterator[str]:
    """Relations that reach a department which is not declared in `department.py`."""
    allowed = {department.name, "kernel", *department.uses}
    for model in apps.get_app_config(department.name).get_models():
        for field in model._meta.concrete_fields:
            related = field.related_model
            if isinstance(related, type) and related._meta.app_label not in allowed:
                yield f"{model.__name__}.{field.name} reaches {related._meta.label}"


def foreign_templates(department: Department) -> Iterator[str]:
    """Templates and links that reach a department which is not declared."""
    allowed = {department.name, *COMMON, *department.uses}
    for file in folder_of(department.name).glob("templates/**/*.html"):
        text = file.read_text()
        for word in (*TEMPLATE_WORD.findall(text), *URL_WORD.findall(text)):
            if word not in allowed:
                yield f"{file.relative_to(PACKAGE)} reaches {word}"


def actions_without_words(name: str) -> Iterator[str]:
    """Actions without a permission, a Dutch and an English name, or a sentence of help."""
    for act in actions():
        if act.department != name:
            continue
        with override("en"):
            english = force_str(act.title)
        with override("nl"):
            dutch = force_str(act.title)
        if "." not in act.permission:
            yield f"{act.name} has no permission"
        if not english or not dutch:
            yield f"{act.name} has no name"
        if not act.hidden and english == dutch:
            yield f"{act.name} has no Dutch name: “{english}”"
        if not act.summary():
            yield f"{act.name} says nowhere what it does"


def actions_without_test(name: str) -> Iterator[str]:
    """Actions that no test calls by name."""
    texts = "\n".join(
        file.read_text() for file in PROJECT.glob("**/test*/**/*.py") if ".venv" not in file.parts
    )
    for act in actions():
        if act.department == name and not re.search(rf"\b{act.verb}\b", texts):
            yield f"{act.name} has no test"


def undeclared_permissions(department: Department) -> Iterator[str]:
    """Permissions that are asked but not declared, so that no role could have them."""
    declared = {permission.code for permission in department.permissions}
    asked: list[Action | Query] = [*actions(), *queries()]
    for each in asked:
        mine = each.name.startswith(f"{department.name}.")
        if (
            mine
            and each.permission.startswith(f"{department.name}.")
            and (each.permission not in declared)
        ):
            yield f"{each.name} asks {each.permission}, which department.py does not declare"


def models_not_kept(name: str) -> Iterator[str]:
    """Tables that don't say how they are kept."""
    for model in apps.get_app_config(name).get_models():
        if not isinstance(getattr(model, "kept", None), Kept):
            yield f"{model.__name__} does not say how it is kept"


def inexact_fields(name: str) -> Iterator[str]:
    """Floats and decimals of the database, neither of which is exact on SQLite."""
    inexact = (models.FloatField, models.DecimalField)
    for model in apps.get_app_config(name).get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, inexact):
                yield f"{model.__name__}.{field.name} is not exact"
