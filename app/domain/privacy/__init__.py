"""The privacy of people: what is never written to, what is erased, and what a person is told about herself."""
