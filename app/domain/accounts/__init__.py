"""Changes to accounts and grants, and the audit trail."""
