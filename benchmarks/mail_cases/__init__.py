"""The parts of the benchmark of sending email."""
