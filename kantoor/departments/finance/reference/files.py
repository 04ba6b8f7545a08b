"""Reads the TOML files that come with this package, from a source tree or from a wheel."""

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any


def read_toml(path: str) -> dict[str, Any]:
    """The content of a data file, by its path within this package (`vat/rates.toml`).

    Numbers with a fraction come as Decimal, never as float.
    """
    text = files(__package__).joinpath(path).read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)
