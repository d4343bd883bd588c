"""Tables for journeys, the transport network and route problems."""
