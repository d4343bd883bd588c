"""Forms of brigades."""
