"""Read a file of whatever form as an administration: find out the form, then let its reader read."""

import gzip
import io
import re

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.administration import Administration
from kantoor.departments.finance.formats.audit.saft_read import NAMESPACE as SAFT
from kantoor.departments.finance.formats.audit.saft_read import read_saft
from kantoor.departments.finance.formats.audit.xaf_read import NAMESPACE, read_xaf
from kantoor.departments.finance.formats.leaving.from_journal import read_journal
from kantoor.departments.finance.formats.leaving.mapping import Mapping
from kantoor.departments.finance.formats.leaving.tables import read_table

FORMATS = ("xaf", "saft", "beancount", "hledger", "ledger", "csv")
MOST_UNPACKED = 1024 * 1024 * 1024
_ENDINGS = {
    "beancount": "beancount", "bean": "beancount", "bc": "beancount", "hledger": "hledger",
    "journal": "hledger", "j": "hledger", "ledger": "ledger", "ldg": "ledger", "dat": "ledger",
    "csv": "csv", "tsv": "csv", "xlsx": "csv", "xaf": "xaf", "xml": "xaf",
}  # fmt: skip
_BEAN = re.compile(r'^(?:option\s+"|[0-9]{4}-[0-9]{2}-[0-9]{2}\s+(?:open|txn|\*\s+")\s*)', re.M)
_DATED = re.compile(r"^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}[ =]", re.M)


def read_file(
    content: bytes, name: str, mapping: Mapping, own_currency: str, format: str = ""
) -> Administration:
    """The file as an administration; raises nothing, troubles say what is wrong with it."""
    unpacked = _unpacked(content)
    if unpacked is None:
        found = Administration(format or "csv")
        found.file = name
        found.trouble("size", _("The packed file is damaged or too large."))
        return found
    kind = format or detected(unpacked, name)
    if kind == "xaf":
        found = read_xaf(unpacked)
    elif kind == "saft":
        found = read_saft(unpacked)
    elif kind in ("beancount", "hledger", "ledger"):
        found = read_journal(unpacked, kind, mapping)
    else:
        found = read_table(unpacked, mapping, own_currency)
    found.file = name
    found.troubles = [each._replace(file=name) for each in found.troubles]
    return found


def _unpacked(content: bytes) -> bytes | None:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            data = packed.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, ValueError):
        return None
    return data if len(data) <= MOST_UNPACKED else None


def detected(content: bytes, name: str) -> str:
    """The form of a file by what it holds, else by how its name ends."""
    if content[:2] == b"PK":
        return "csv"
    head = content[:20_000].decode("utf-8", "replace").lstrip("\ufeff")
    if head.lstrip().startswith("<") and NAMESPACE.search(head):
        return "xaf"
    if head.lstrip().startswith("<") and SAFT.search(head):
        return "saft"
    ending = _ENDINGS.get(name.removesuffix(".gz").rpartition(".")[2].lower(), "")
    if ending == "hledger" and _BEAN.search(head) and "\naccount " not in head:
        return ending
    if ending:
        return ending
    if head.lstrip().startswith("<"):
        return "xaf"
    if _BEAN.search(head):
        return "beancount"
    return "hledger" if _DATED.search(head) else "csv"
