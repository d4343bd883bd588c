"""Changes to brigades, statements and sign-ups."""
