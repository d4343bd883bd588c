"""Forms of brigades and sign-ups."""
