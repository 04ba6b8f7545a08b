"""Which journal here the entries of a journal of the file go to."""

from collections.abc import Mapping as Table

from kantoor.departments.finance.formats.leaving.mapping import Mapping
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch


class Journals:
    """By the mapping, by the same code, by kind, or the general journal."""

    def __init__(self, actor: Actor, mapping: Mapping, kinds: Table[str, str]) -> None:
        rows = fetch(
            "SELECT code, kind FROM finance_journal WHERE company_id = %s ORDER BY id DESC",
            [actor.company_id],
        )
        self.here: set[str] = {code for code, _kind in rows}
        self.of_kind: dict[str, str] = {kind: code for code, kind in rows}
        self.mapping = mapping
        self.kinds = kinds

    def code(self, source: str, *, opening: bool = False) -> str:
        """The journal's code; empty is the general journal."""
        if opening:
            return self.of_kind.get("opening", "")
        mapped = self.mapping.journals.get(source, source)
        if mapped in self.here:
            return mapped
        return self.of_kind.get(self.kinds.get(source, ""), "")
