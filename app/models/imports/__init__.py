"""Tables for imports."""
