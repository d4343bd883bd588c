"""Locations of places and the countries that flights pass over: an engine that uses neither tables nor pages."""
