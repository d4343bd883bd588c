"""Changes of journeys, the network, and route problems."""
