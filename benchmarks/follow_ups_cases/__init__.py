"""What `benchmarks.follow_ups` measures, one kind of work in each module."""
