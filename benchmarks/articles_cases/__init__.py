"""The cases of `encuentro bench articles`, one module for each kind of work."""
