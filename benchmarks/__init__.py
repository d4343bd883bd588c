"""Benchmarks of Encuentro's performance targets: `encuentro bench NAME` runs the module with that name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A measured value and its target, which is a maximum or a minimum."""

    name: str
    value: float
    target: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the value meets the target."""
        return self.value >= self.target if self.at_least else self.value <= self.target
