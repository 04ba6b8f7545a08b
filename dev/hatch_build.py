"""Build hook: puts the front-end files and compiled translations in place before a wheel is made."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface):
    """Makes what is not in git; a source distribution already carries it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files are gathered."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from dev import assets, translations

        if not (assets.VENDOR / "icons" / "sprite.svg").exists():
            setup = [sys.executable, str(root / "dev" / "setup.py"), "front-end"]
            subprocess.run(setup, cwd=root, check=True)
        translations.compile_stale(root / "kantoor")
