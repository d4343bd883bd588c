"""The shape of input. No form knows the database: choices are handed in, rules come back as a DomainError."""
