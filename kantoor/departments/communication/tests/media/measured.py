"""Draws one picture and prints by how many megabytes the process grew: `python -m … FILE`."""

import os
import resource
import sys
from pathlib import Path

import django


def main(path: Path) -> None:
    """Measure one picture."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from kantoor.departments.communication.formats.pictures import drawn

    content = path.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert drawn(content)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
