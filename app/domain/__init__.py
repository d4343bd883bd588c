"""What changes: one verb a function. Functions flush and never commit; the edge commits."""
