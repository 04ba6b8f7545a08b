"""The ledger as others read it: the tax authority's auditfile, beancount and hledger."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pyxaf
from lxml import etree

from kantoor.departments.finance.exports import export_ledger
from kantoor.departments.finance.exports.account_names import account_names
from kantoor.departments.finance.queries.accounts import headings
from kantoor.kernel.tests.shared import shared_file
from tests.trading_year.company import Company


class Audit(NamedTuple):
    """An auditfile of the year: balances in cents by account at its beginning and its end."""

    content: bytes
    opening: dict[str, int]
    closing: dict[str, int]


def auditfile(company: Company, version: str) -> Audit:
    """The auditfile of 2024."""
    content = "".join(
        export_ledger(company.anne, format="xaf", year="2024", version=version)
    ).encode()
    root = etree.fromstring(content)
    space = {"x": root.nsmap[None]}
    opening: dict[str, int] = {}
    for line in root.iterfind(".//x:obLine", space):
        _add(opening, line, space)
    closing = dict(opening)
    for line in root.iterfind(".//x:trLine", space):
        _add(closing, line, space)
    return Audit(content, _whole(opening), _whole(closing))


def _add(sums: dict[str, int], line: Any, space: dict[Any, Any]) -> None:
    code = line.findtext("x:accID", namespaces=space)
    cents = int(Decimal(line.findtext("x:amnt", namespaces=space)).scaleb(2))
    debit = line.findtext("x:amntTp", namespaces=space) == "D"
    sums[code] = sums.get(code, 0) + (cents if debit else -cents)


def _whole(sums: dict[str, int]) -> dict[str, int]:
    return {code: amount for code, amount in sums.items() if amount}


def prove_auditfile(audit: Audit, version: str) -> None:
    """It is valid by the official schema, and the checker finds nothing."""
    file = shared_file("standards", "xaf-xsd", f"XmlAuditfileFinancieel{version}.xsd")
    etree.XMLSchema(file=str(file)).assertValid(etree.fromstring(audit.content))
    findings = pyxaf.validate(io.BytesIO(audit.content)).findings
    # XAF3001 says which version it is.
    assert [str(each) for each in findings if each.code != "XAF3001"] == []


def on_paper(company: Company) -> dict[str, Decimal]:
    """What the paper says at the end of all, by the names that accounts have for others."""
    names = account_names(headings(company.anne))
    return {
        names[code]: Decimal(amount).scaleb(-2)
        for code, amount in company.paper.balances(date.max).items()
    }


def by_beancount(company: Company, folder: Path) -> dict[str, Decimal]:
    """The balances that beancount finds in the ledger that it checked."""
    path = _written(company, "beancount", folder)
    _run(_tool("bean-check"), path)
    query = "SELECT account, sum(number) AS total GROUP BY account"
    rows = csv.reader(io.StringIO(_run(_tool("bean-query"), "-f", "csv", path, query)))
    next(rows)
    found = {name.strip(): Decimal(total) for name, total in rows}
    return {name: total for name, total in found.items() if total}


def by_hledger(company: Company, folder: Path) -> dict[str, Decimal]:
    """The balances that hledger finds in the ledger that it checked."""
    path = _written(company, "hledger", folder)
    _run("hledger", "-f", path, "check", "--strict")
    text = _run("hledger", "-f", path, "balance", "--flat", "--no-total", "-O", "json")
    found: dict[str, Decimal] = {}
    for name, _full, _depth, amounts in json.loads(text)[0]:
        quantity = amounts[0]["aquantity"]
        found[name] = Decimal(quantity["decimalMantissa"]).scaleb(-quantity["decimalPlaces"])
    return found


def _written(company: Company, form: Any, folder: Path) -> Path:
    path = folder / f"ledger.{form}"
    path.write_text("".join(export_ledger(company.anne, format=form)))
    return path


def _tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def _run(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
