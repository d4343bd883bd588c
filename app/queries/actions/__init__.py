"""Questions of follow-up actions."""
