"""Tables for brigades, days of action and mobilizations."""
