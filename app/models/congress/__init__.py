"""Tables for congresses and delegations."""
