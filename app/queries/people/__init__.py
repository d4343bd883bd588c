"""Questions of people and organizations."""
