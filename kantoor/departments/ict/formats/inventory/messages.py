"""Messages of agents: what one asks or reports, and what it is answered.

FusionInventory (and OCS) agents post `<REQUEST>` with a QUERY: PROLOG asks what to do, INVENTORY,
SNMPQUERY and NETDISCOVERY report. The GLPI agent posts JSON with an `action`: `contact` asks,
`inventory`, `netinventory` and `netdiscovery` report; it takes plain JSON with a `status` and the
hours until it should come again (`expiration`). Its XML is the same as the older agent's.
"""

from typing import Any, Literal

import msgspec

from kantoor.departments.ict.formats.inventory.unpacking import Broken, TooMuch, beginning, unpacked
from kantoor.departments.ict.formats.inventory.xml_form import NotXml, from_xml

MOST_DEPTH = 12
MOST_VALUES = 2_400_000
"""Values of JSON cost some sixty bytes each; the largest real inventories have 60,000."""
Kind = Literal["inventory", "prolog", "contact", "other"]
HOURS = 24
"""How often an agent is asked to report."""
PRIVATE = frozenset(
    {"envs", "processes", "users", "user", "local_users", "local_groups", "accesslog",
     "licenseinfos", "remote_mgmt"}
)  # fmt: skip
"""Sections that are dropped unread: they hold secrets, or tell what a person does all day."""
PRIVATE_FIELDS = frozenset(
    {"lastloggeduser", "datelastloggeduser", "userid", "userdomain", "winowner", "winprodkey",
     "winprodid", "ssh_key", "phone_number", "line_number", "subscriber_id", "base64"}
)  # fmt: skip
NETWORK = frozenset({"netinventory", "netdiscovery", "snmpquery", "snmp", "snmpinventory"})
"""Reports that one agent makes of other devices, which it asked over the network."""


class InventoryUnreadable(Exception):
    """It is no message of an agent; `code` is stable, `why` a few words in English."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


class Message(msgspec.Struct, kw_only=True):
    """A message: who sends it, and its content without what is private.

    `form` is json or xml; `action` its own word for what it is; `mended` says that it was no
    clean text and some of it may be missing.
    """

    form: Literal["json", "xml"]
    kind: Kind
    action: str
    agent: str
    itemtype: str = ""
    partial: bool = False
    mended: bool = False
    content: dict[str, Any] = {}

    @property
    def network(self) -> bool:
        """Whether the agent reports of others."""
        return self.action in NETWORK

    @property
    def kept(self) -> bytes:
        """The message as it is kept: as JSON, without what is private."""
        return msgspec.json.encode(self)


def kept_message(content: bytes) -> Message:
    """A message as it was kept."""
    return msgspec.json.decode(content, type=Message)


def read_message(body: bytes) -> Message:
    """The message in a body or file, packed or plain. Raises InventoryUnreadable."""
    try:
        text = unpacked(body).strip(b"\0\r\n\t \xef\xbb\xbf")
    except TooMuch:
        raise InventoryUnreadable("inventory.too_large", "it is larger than is taken") from None
    except Broken as error:
        raise InventoryUnreadable("inventory.packing", f"it can't be unpacked: {error}") from None
    if not text:
        raise InventoryUnreadable("inventory.empty", "it is empty")
    return _from_json(text) if text[:1] in b"{[" else _from_xml(text)


def _from_json(text: bytes) -> Message:
    if text.count(b",") + text.count(b"{") + text.count(b"[") > MOST_VALUES:
        raise InventoryUnreadable("inventory.too_large", "it has too many values")
    mended = False
    try:
        text.decode()
    except UnicodeDecodeError:
        text, mended = text.decode("cp1252", "replace").encode(), True
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise InventoryUnreadable("inventory.json", str(error)[:200]) from None
    if not isinstance(found, dict):
        raise InventoryUnreadable("inventory.json", "it is no object")
    content = found.get("content")
    action = _word(found.get("action")) or ("inventory" if isinstance(content, dict) else "")
    kind: Kind = "contact" if action in ("contact", "prolog", "get_params") else "other"
    if isinstance(content, dict):
        kind = "inventory"
    return Message(
        form="json",
        kind=kind,
        action=action,
        agent=_line(found.get("deviceid")),
        itemtype=_line(found.get("itemtype")),
        partial=found.get("partial") in (True, 1, "1", "true", "yes"),
        mended=mended,
        content=_public(content) if isinstance(content, dict) else {},
    )


def _from_xml(text: bytes) -> Message:
    try:
        found, mended = from_xml(text, PRIVATE, PRIVATE_FIELDS)
    except NotXml as error:
        raise InventoryUnreadable("inventory.xml", str(error)) from None
    content = found.get("content")
    action = _word(found.get("query")) or ("inventory" if isinstance(content, dict) else "")
    kind: Kind = "inventory" if isinstance(content, dict) else "other"
    if action == "prolog":
        kind = "prolog"
    if not action:
        raise InventoryUnreadable("inventory.xml", "it has neither a QUERY nor a CONTENT")
    return Message(
        form="xml",
        kind=kind,
        action=action,
        agent=_line(found.get("deviceid")),
        itemtype=_line(found.get("itemtype")),
        partial=_word(found.get("partial")) in ("1", "true", "yes"),
        mended=mended,
        content=content if isinstance(content, dict) else {},
    )


def _public(content: dict[str, Any]) -> dict[str, Any]:
    """The content without what is private, at any depth, with names in lower case."""
    return {
        name: _without(value)
        for key, value in content.items()
        if (name := str(key).lower()) not in PRIVATE
    }


def _without(value: Any, depth: int = 0) -> Any:
    if isinstance(value, list):
        return [_without(each, depth + 1) for each in value] if depth < MOST_DEPTH else []
    if not isinstance(value, dict):
        return value
    if depth >= MOST_DEPTH:
        return {}
    return {
        name: _without(each, depth + 1) if isinstance(each, (dict, list)) else each
        for key, each in value.items()
        if (name := str(key).lower()) not in PRIVATE_FIELDS
    }


def _word(value: Any) -> str:
    return _line(value).lower()


def _line(value: Any) -> str:
    return " ".join(str(value).replace("\0", "").split())[:200] if isinstance(value, str) else ""


def answer(message: Message) -> tuple[bytes, str]:
    """What an agent is answered that asks what to do, with its content type."""
    if message.form == "json":
        return json_answer(), "application/json"
    inner = f"<PROLOG_FREQ>{HOURS}</PROLOG_FREQ><RESPONSE>SEND</RESPONSE>"
    return xml_answer(inner), "application/xml"


def looks_like_json(body: bytes) -> bool:
    """Whether a body is JSON by its first characters, packed or not."""
    return beginning(body).lstrip()[:1] in (b"{", b"[")


def xml_answer(inner: str) -> bytes:
    """A reply as FusionInventory and OCS servers give it."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<REPLY>{inner}</REPLY>\n'.encode()


def json_answer(refused: str = "") -> bytes:
    """A reply as GLPI gives it."""
    if refused:
        return msgspec.json.encode({"status": "error", "message": refused, "expiration": HOURS})
    return msgspec.json.encode({"status": "ok", "expiration": HOURS})
