"""What Encuentro promises in figures, measured: `encuentro bench NAME` runs the module of that name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One figure and what it shall be: at most, or at least."""

    name: str
    value: float
    target: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure is as good as it shall be."""
        return self.value >= self.target if self.at_least else self.value <= self.target
