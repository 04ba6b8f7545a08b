"""Every department passes the contract, and the house stands without each that can be left out."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kantoor.kernel.departments import Department, departments
from tests import contracts

REMOVABLE = [each.name for each in departments() if each.name != "finance"]
NAMES = ["kernel", *(each.name for each in departments())]


@pytest.mark.parametrize("department", departments(), ids=lambda each: each.name)
@pytest.mark.parametrize(
    "breaches",
    [
        contracts.foreign_relations,
        contracts.foreign_templates,
        contracts.undeclared_permissions,
    ],
)
def test_a_department_keeps_to_what_it_declares(
    department: Department, breaches: Callable[[Department], Iterator[str]]
) -> None:
    assert list(breaches(department)) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "breaches",
    [
        contracts.actions_without_words,
        contracts.actions_without_test,
        contracts.models_not_kept,
        contracts.inexact_fields,
    ],
)
def test_a_room_passes_the_contract(name: str, breaches: Callable[[str], Iterator[str]]) -> None:
    assert list(breaches(name)) == []


def test_each_desk_has_a_letter_of_its_own() -> None:
    letters = [each.letter for each in departments()]
    assert sorted(letters) == sorted(set(letters))


@pytest.mark.parametrize("name", REMOVABLE)
def test_the_house_stands_without(name: str, tmp_path: Path) -> None:
    script = (
        "import django; django.setup();"
        "from django.core.management import call_command as call;"
        "call('check'); call('migrate', verbosity=0);"
        "from django.test import Client;"
        "assert Client().get('/sign-in').status_code == 200"
    )
    environment = {
        **os.environ,
        "KANTOOR_WITHOUT": name,
        "KANTOOR_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "KANTOOR_HOSTS": "testserver",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
