"""Triggers that keep a posted purchase invoice as it is, and prove that it adds up."""

from kantoor.kernel.store.guards import Guard, register_guard

FROZEN = (
    "company_id", "sequence", "number", "kind", "state", "party_id", "reference", "date", "due_on",
    "currency", "net", "tax", "gross", "line_count", "discount", "discount_on", "file_id",
    "sha256", "credits_id", "booked_on", "entry_id", "own_net", "own_tax",
)  # fmt: skip
"""What of a posted invoice never changes; a hold comes and goes, and a person can be erased."""
_STAYS = "a posted purchase invoice is never changed; take it back with a credit note"
_ADDS_UP = "a purchase invoice is the sum of its lines and taxes"

_WRONG = """
    (SELECT count(*) <> NEW.line_count OR count(*) = 0 OR COALESCE(sum(net), 0) <> NEW.net
        OR count(*) <> count(account_id)
     FROM finance_purchase_line WHERE invoice_id = NEW.id)
    OR (SELECT COALESCE(sum(CASE WHEN reversed THEN 0 ELSE amount END), 0) <> NEW.tax
     FROM finance_purchase_tax WHERE invoice_id = NEW.id)
    OR (SELECT COALESCE(sum(CASE WHEN reversed THEN 0 ELSE own_amount END), 0) <> NEW.own_tax
     FROM finance_purchase_tax WHERE invoice_id = NEW.id)
    OR (SELECT COALESCE(sum(base), 0) FROM finance_purchase_tax WHERE invoice_id = NEW.id)
       <> (SELECT COALESCE(sum(net), 0) FROM finance_purchase_line
           WHERE invoice_id = NEW.id AND tax_code_id IS NOT NULL)
    OR NEW.party_id IS NULL OR NEW.date IS NULL OR NEW.due_on IS NULL OR NEW.booked_on IS NULL
    OR (NEW.entry_id IS NULL AND NEW.gross <> 0)"""


def guard_posted() -> None:
    """Register the triggers."""
    _register("finance_purchase_no_delete", "finance_purchase_invoice", "DELETE", "", _STAYS)
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FROZEN)
    _register(
        "finance_purchase_stays",
        "finance_purchase_invoice",
        "UPDATE",
        f"OLD.state = 'posted' AND ({changed})",
        _STAYS,
    )
    _register(
        "finance_purchase_adds_up",
        "finance_purchase_invoice",
        "UPDATE",
        f"NEW.state = 'posted' AND OLD.state <> 'posted' AND ({_WRONG})",
        _ADDS_UP,
    )
    _register(
        "finance_purchase_begins",
        "finance_purchase_invoice",
        "INSERT",
        "NEW.state = 'posted'",
        _ADDS_UP,
    )
    for table in ("finance_purchase_line", "finance_purchase_tax"):
        for operation, rows in (
            ("INSERT", ["NEW"]),
            ("UPDATE", ["OLD", "NEW"]),
            ("DELETE", ["OLD"]),
        ):
            posted = " OR ".join(
                "EXISTS (SELECT 1 FROM finance_purchase_invoice invoice"  # noqa: S608
                f" WHERE invoice.id = {row}.invoice_id AND invoice.state = 'posted')"
                for row in rows
            )
            _register(f"{table}_{operation.lower()}_posted", table, operation, posted, _STAYS)


def _register(name: str, table: str, operation: str, when: str, words: str) -> None:
    """A trigger that refuses `operation` on a row of `table` for which `when` holds."""
    # SQLite has IS for what PostgreSQL calls IS NOT DISTINCT FROM.
    on_sqlite = f" WHEN {when.replace('IS DISTINCT FROM', 'IS NOT')}" if when else ""
    given = "OLD" if operation == "DELETE" else "NEW"
    register_guard(
        Guard(
            name,
            table,
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table}{on_sqlite}"
            f" BEGIN SELECT RAISE(ABORT, '{words}'); END",
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW"
            f" EXECUTE FUNCTION {name}()",
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
            f" IF {when or 'TRUE'} THEN RAISE EXCEPTION '{words}'"
            f" USING ERRCODE = 'check_violation'; END IF; RETURN {given}; END $$ LANGUAGE plpgsql",
        )
    )
