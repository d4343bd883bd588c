"""What `benchmarks/travel.py` measures, a module for each part."""
