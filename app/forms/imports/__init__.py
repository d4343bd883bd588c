"""Forms for imports."""
