"""Changes to brigades, days of action and mobilizations."""
