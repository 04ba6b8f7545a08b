"""Copies the front-end files that pages use out of node_modules, and builds the icon sprite."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
UI = ROOT / "kantoor" / "kernel" / "ui"
VENDOR = UI / "static" / "vendor"
ICONS = UI / "icons.txt"
"""Names of Tabler icons, one a line; `name-filled` is the filled form."""

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "chart.js/dist/chart.umd.min.js": "chart/chart.umd.js",
    "jsqr/dist/jsQR.js": "jsqr/jsQR.js",
    "bpmn-js/dist/bpmn-navigated-viewer.production.min.js": "bpmn/bpmn-viewer.js",
    "bpmn-js/dist/bpmn-modeler.production.min.js": "bpmn/bpmn-modeler.js",
    "bpmn-js/dist/assets/diagram-js.css": "bpmn/diagram-js.css",
    "bpmn-js/dist/assets/bpmn-js.css": "bpmn/bpmn-js.css",
    "bpmn-js/dist/assets/bpmn-font/css/bpmn.css": "bpmn/bpmn-font/css/bpmn.css",
    "bpmn-js/dist/assets/bpmn-font/font/bpmn.woff2": "bpmn/bpmn-font/font/bpmn.woff2",
    "bpmn-js/dist/assets/bpmn-font/font/bpmn.woff": "bpmn/bpmn-font/font/bpmn.woff",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter/inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": (
        "inter/inter-latin-ext.woff2"
    ),
    # Each part is given on with its own terms.
    "@tabler/icons/LICENSE": "icons/LICENSE",
    "@fontsource-variable/inter/LICENSE": "inter/LICENSE",
    "chart.js/LICENSE.md": "chart/LICENSE",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "jsqr/LICENSE": "jsqr/LICENSE",
    "bpmn-js/LICENSE": "bpmn/LICENSE",
}
"""What is copied, and where to in the vendor folder."""

# A source map that is not shipped would be asked for by every browser with its tools open.
MAP_COMMENT = re.compile(rb"\n?(//|/\*)# sourceMappingURL=\S+(\s*\*/)?\s*$")

OUTLINE = (
    ' fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round"'
)


class Missing(Exception):
    """A file or an icon that the npm packages do not have."""


def copy() -> None:
    """Make the vendor folder anew; raise `Missing` when a file or icon is not there."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in FILES.items():
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        (fresh / target).write_bytes(MAP_COMMENT.sub(b"\n", read(MODULES / source)))
    copy_icons(fresh / "icons")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def read(file: Path) -> bytes:
    """A file of an npm package."""
    if not file.exists():
        raise Missing(f"{file.relative_to(ROOT)} is not there: mend the table in dev/assets.py.")
    return file.read_bytes()


def copy_icons(folder: Path) -> None:
    """Each icon as `<name>.svg`, and all of them in `sprite.svg` as `<symbol id="name">`."""
    symbols = []
    for name in icon_names():
        form = "filled" if name.endswith("-filled") else "outline"
        stem = name.removesuffix("-filled")
        source = MODULES / "@tabler/icons/icons" / form / f"{stem}.svg"
        if not source.exists():
            raise Missing(f"{ICONS.relative_to(ROOT)} names {name!r}, which Tabler does not have.")
        svg = re.sub(r"<!--.*?-->\s*", "", source.read_text(), flags=re.DOTALL)
        (folder / f"{name}.svg").write_text(svg)
        symbols.append(as_symbol(name, svg))
    sprite = "".join(symbols)
    (folder / "sprite.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">\n{sprite}</svg>\n'
    )


def icon_names() -> list[str]:
    """The icons that pages use, without remarks."""
    lines = (line.partition("#")[0].strip() for line in ICONS.read_text().splitlines())
    return sorted({line for line in lines if line})


def as_symbol(name: str, svg: str) -> str:
    """An icon as one symbol of the sprite; the page's own svg tag gives size and stroke."""
    body = re.sub(r"</?svg[^>]*>", "", svg, flags=re.DOTALL).strip()
    paint = "" if name.endswith("-filled") else OUTLINE
    return f'<symbol id="{name}" viewBox="0 0 24 24"{paint}>{body}</symbol>\n'


if __name__ == "__main__":
    copy()
