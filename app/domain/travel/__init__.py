"""Changes to journeys, the transport network and route problems."""
