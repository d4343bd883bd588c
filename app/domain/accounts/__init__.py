"""Changes of accounts and grants, and the audit."""
