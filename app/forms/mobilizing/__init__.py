"""Forms of brigades, days of action and mobilizations."""
