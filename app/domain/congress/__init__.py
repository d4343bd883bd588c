"""Changes to congresses and delegations."""
