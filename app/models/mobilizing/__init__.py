"""Tables for days of action, mobilizations, and what people sign up for."""
