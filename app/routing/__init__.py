"""Finding another way: an engine of arrays and searches that knows no tables and no pages."""
