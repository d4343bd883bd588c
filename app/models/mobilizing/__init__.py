"""Tables for brigades and sign-ups."""
