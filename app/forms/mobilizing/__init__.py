"""Forms of brigades, days of action, mobilizations, statements and sign-ups."""
