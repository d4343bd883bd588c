"""Questions of congresses and delegations."""
