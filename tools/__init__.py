"""Tools for those who change Encuentro."""
