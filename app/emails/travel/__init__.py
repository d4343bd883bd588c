"""Emails of journeys, the network, and route problems."""
