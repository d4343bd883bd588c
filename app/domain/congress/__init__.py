"""Changes of congresses and delegations."""
