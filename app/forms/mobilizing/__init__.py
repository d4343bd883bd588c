"""Forms of brigades, days of action, mobilizations and sign-ups."""
