"""Forms of days of action, mobilizations, and what people sign up for."""
