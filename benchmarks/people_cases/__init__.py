"""The cases of `encuentro bench people`, one module for each kind of work."""
