"""Tables for brigades, statements and sign-ups."""
