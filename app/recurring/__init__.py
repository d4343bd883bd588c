"""Rules of repetition: a bounded subset of RRULE (RFC 5545), and the days and instants that they name. No database."""
