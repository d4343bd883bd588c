"""Questions of accounts, grants, and who changed what."""
