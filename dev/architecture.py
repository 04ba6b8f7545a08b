"""House rules that no linter knows: what actions may not import, and how long a file may be."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400
ABOVE = {"procedures", "management"}
"""Rooms of the package that are built like departments."""
PURE = {"actions", "queries"}
"""Modules of a department that know nothing of HTTP."""


def main() -> None:
    """Print each fault; exit 1 when there is one."""
    files = [
        file
        for folder in ("kantoor", "dev", "bench", "tests")
        for file in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in file.parts
    ]
    faults = [fault for file in files for fault in faults_in(file)]
    print("\n".join(faults))
    sys.exit(bool(faults))


def faults_in(file: Path) -> Iterator[str]:
    """What one file does against the rules."""
    name, text = file.relative_to(ROOT), file.read_text()
    if (lines := text.count("\n")) > LONGEST:
        yield f"{name}: {lines} lines; split it by subject (at most {LONGEST})"
    tree = ast.parse(text, filename=str(name))
    if tree.body and ast.get_docstring(tree) is None and "tests" not in file.parts:
        yield f"{name}: has no docstring that says what it is for"
    if is_pure(name):
        for line, module in imports(tree):
            if module == "django.http" or module.startswith("django.http."):
                yield f"{name}:{line}: actions and queries never import django.http"


def is_pure(name: Path) -> bool:
    """Whether the file is, or lies in, a department's `actions` or `queries`."""
    if name.parts[:2] == ("kantoor", "departments"):
        inside = name.parts[3:]
    else:
        inside = name.parts[2:] if name.parts[1:2] and name.parts[1] in ABOVE else ()
    return bool(inside) and inside[0].removesuffix(".py") in PURE


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every imported module with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


if __name__ == "__main__":
    main()
