"""Pages of congresses and delegations."""
