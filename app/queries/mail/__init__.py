"""Queries for deliveries."""
