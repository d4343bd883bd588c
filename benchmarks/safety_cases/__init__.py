"""What `encuentro bench safety` measures, one module for each kind of case."""
