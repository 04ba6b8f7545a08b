"""The tools that hold the house's rules find what they should find."""

import ast
from pathlib import Path

from dev import architecture, lock, translations


def test_locks_name_no_registry() -> None:
    lock.prove_clean()


def test_an_action_that_knows_http_is_found() -> None:
    name = Path("kantoor/departments/sales/actions/orders.py")
    tree = ast.parse("from django import http\nfrom django.http import HttpRequest")
    found = [module for _, module in architecture.imports(tree)]
    assert architecture.is_pure(name)
    assert {"django.http", "django.http.HttpRequest"} <= set(found)
    assert not architecture.is_pure(Path("kantoor/departments/sales/web/orders.py"))


def test_a_translation_is_stale_until_it_is_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "kernel/locale/nl/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Save"\nmsgstr "Opslaan"\n')
    assert translations.stale(tmp_path) == [folder / "django.po"]
    translations.compile_stale(tmp_path)
    assert translations.stale(tmp_path) == []
    assert (folder / "django.mo").stat().st_size > 0
