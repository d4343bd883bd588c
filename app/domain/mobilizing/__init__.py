"""Changes to brigades and sign-ups."""
