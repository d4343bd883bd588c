"""Tables for the privacy of people: addresses that are never written to."""
