"""What `run` says when it is ready: where to go, and how to sign in."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

DEMO = "demo.json"
"""In the data folder of a demonstration: who may sign in, with which password."""
EVERYWHERE = ("0.0.0.0", "::")


def admit(host: str) -> None:
    """Let requests in that name the very address we listen on, beside those of KANTOOR_HOSTS."""
    if host not in EVERYWHERE and host not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS.append(f"[{host}]" if ":" in host else host)


def welcome(host: str, port: int) -> str:
    """The lines to print."""
    name = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    lines = [_("Kantoor is ready: {address}").format(address=f"http://{name}:{port}/")]
    if people := demo_people():
        lines.append(_("A demonstration; sign in as one of these, with the password beside it:"))
        lines += [f"  {each['user']:<12} {each['password']:<24} {each['role']}" for each in people]
    else:
        lines.append(_("Sign in with your user name and password; “kantoor init” gave the first."))
    if host in EVERYWHERE and "KANTOOR_HOSTS" not in os.environ:
        lines.append(
            _(
                "Others reach it when KANTOOR_HOSTS has the names by which they do: {example}"
            ).format(example="KANTOOR_HOSTS=office.example.com,localhost")
        )
    lines.append(_("Stop it with Ctrl-C."))
    return "\n".join(lines)


def demo_people() -> list[dict[str, str]]:
    """The people of a demonstration; nobody where this is none."""
    file = Path(settings.DATA) / DEMO
    if not file.exists():
        return []
    people: list[dict[str, str]] = json.loads(file.read_text())["people"]
    return people
