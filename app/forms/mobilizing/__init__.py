"""Forms of brigades, statements and sign-ups."""
