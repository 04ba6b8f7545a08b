"""The pages that no department owns: Today, search, approvals, the record, management."""
