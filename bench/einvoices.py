"""Electronic invoices: how many are read and checked a second, and what Factur-X adds to the page.

The limit of checking is 200 a second, with ten lines each, in UBL and CII. Factur-X is measured
against typst setting the same page alone, turn about in the same run.
"""

import json
import subprocess
import sys

from bench.ratio import Ratio

A_SECOND = 200
OF_TYPST = 0.7


def run() -> list[Ratio]:
    """The ratios."""
    done = subprocess.run(
        [sys.executable, "-m", "bench._einvoices"], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    ratios = [
        Ratio(f"checked, {syntax}", ours, A_SECOND, "invoices/s", 1.0)
        for syntax, ours in found["checked"].items()
    ]
    papers = found["papers"]
    ratios.append(Ratio("Factur-X", papers["facturx"], papers["typst"], "pages/s", OF_TYPST))
    return ratios
