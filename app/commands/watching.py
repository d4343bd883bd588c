"""What the supervisor says about the state of the house: a worker that is down can tell nobody."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.config import Config
from app.domain.accounts.alarms import PATIENCE
from app.models.accounts.alarms import Sign
from app.queries import state
from app.wording.state import TITLES, in_english

EVERY = 30.0
"""Seconds between two looks."""
_TELLING = [sys.executable, "-m", "app.commands", "state", "--tell"]


@dataclass
class Watch:
    """Looks at what can be seen without the database, says each change once, and lets admins be told."""

    settings: Config
    say: Callable[[str], None]
    tell: list[str] = field(default_factory=lambda: list(_TELLING))
    """The command that tells the admins; it is a process of its own, so that children are looked after meanwhile."""
    _since: dict[Sign, float] = field(default_factory=dict)
    _told: set[Sign] = field(default_factory=set)
    _next_look: float = 0.0
    _telling: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        """Look if it is time to."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + EVERY
        needing = {line.sign: line for line in state.of_machine(self.settings) if line.needs_attention}
        for sign in needing.keys() - self._since.keys():
            self._since[sign] = now
            self.say(f"encuentro: {in_english(needing[sign])}")
        for sign in self._since.keys() - needing.keys():
            del self._since[sign]
            self._told.discard(sign)
            self.say(f"encuentro: {TITLES[sign]}: good again.")
        self._let_tell(now)

    def _let_tell(self, now: float) -> None:
        """Start the command once for each sign that has needed attention for long enough to be told."""
        if self._telling is not None and self._telling.poll() is None:
            return
        due = {sign for sign, since in self._since.items() if now - since >= PATIENCE.total_seconds()}
        if due - self._told:
            self._told |= due
            self._telling = subprocess.Popen(self.tell, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
