"""Tables for brigades."""
