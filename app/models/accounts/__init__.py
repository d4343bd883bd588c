"""Tables for accounts, grants and the audit trail."""
