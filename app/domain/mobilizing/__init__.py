"""Changes to brigades, days of action, mobilizations and sign-ups."""
