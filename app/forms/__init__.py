"""Input validation. No form knows the database: choices are passed in, and violated rules come back as a DomainError."""
