"""Forms of congresses and delegations."""
