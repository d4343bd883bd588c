"""Emails about brigades, statements and sign-ups."""
