"""Tables for the privacy of people: how long data is kept, and addresses that are never written to."""
