"""Tables of congresses and delegations."""
