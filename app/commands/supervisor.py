"""A small supervisor: keeps its child processes alive, and lets them finish when it is stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from app import lifeline

START_SECONDS = 600
"""How long a child may take to start on a machine that is slow or busy: only then it is expected to do something."""


@dataclass
class Child:
    """A process that is restarted whenever it ends."""

    name: str
    command: list[str]
    pulse_file: Path | None = None
    """A file that the child touches while it works; a child that is silent for too long is restarted."""
    process: subprocess.Popen[bytes] | None = None
    last_pulse: float = 0.0
    """When the file was touched last, as its file system tells it."""
    heard_at: float = 0.0
    """When that was noticed, by a clock that nobody can set."""
    has_worked: bool = False
    """Whether the file was touched since the child was started."""
    failures: int = 0
    started_at: float = 0.0
    next_start: float = 0.0


@dataclass
class Supervisor:
    """Runs child processes until SIGTERM or SIGINT, then forwards the signal and waits for them."""

    children: list[Child]
    silence_seconds: int = 120
    start_seconds: int = START_SECONDS
    """How long a child may be silent that has not done anything yet, if that is longer."""
    look: Callable[[], None] = lambda: None
    """Called again and again while it runs."""
    say: Callable[[str], None] = field(default=lambda line: print(line, file=sys.stderr, flush=True))
    _stopping: bool = False
    _lifeline: tuple[int, int] = field(default_factory=os.pipe)
    """A pipe that nobody writes to. The children read it, and see it close when this process ends, however it ends."""

    def run(self) -> int:
        """Run until stopped; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        for child in self.children:
            self._start(child)
        while not self._stopping:
            for child in self.children:
                self._look_after(child)
            self.look()
            time.sleep(0.2)
        return self._stop_all()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, child: Child) -> None:
        # A separate process group: Ctrl-C in a terminal reaches only the supervisor, which then lets each child finish.
        reading, _ = self._lifeline
        child.process = subprocess.Popen(
            child.command,
            start_new_session=True,
            pass_fds=(reading,),
            env=os.environ | {lifeline.VARIABLE: str(reading)},
        )
        child.started_at = child.heard_at = time.monotonic()
        child.last_pulse, child.has_worked = _pulse_of(child), False

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.next_start:
                self._start(child)
        elif child.process.poll() is not None:
            self._note_end(child, now)
        elif self._is_silent(child, now):
            self.say(f"encuentro: {child.name} has not done anything for too long and is started again")
            child.process.kill()

    def _note_end(self, child: Child, now: float) -> None:
        """Restart it at once; a child that keeps ending waits longer each time, up to half a minute."""
        lived_long = now - child.started_at > 60
        child.failures = 0 if lived_long else child.failures + 1
        pause = min(30.0, 0.25 * 2 ** min(child.failures, 7)) if child.failures > 1 else 0.0
        code = child.process.returncode if child.process else 0
        self.say(f"encuentro: {child.name} ended ({code}) and is started again")
        child.process, child.next_start = None, now + pause

    def _is_silent(self, child: Child, now: float) -> bool:
        if child.pulse_file is None:
            return False
        pulse = _pulse_of(child)
        if pulse != child.last_pulse:
            child.last_pulse, child.heard_at, child.has_worked = pulse, now, True
        patience = self.silence_seconds if child.has_worked else max(self.silence_seconds, self.start_seconds)
        return now - child.heard_at > patience

    def _stop_all(self) -> int:
        self.say("encuentro: stopping, what is in hand is finished first …")
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + lifeline.PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return 0


def _pulse_of(child: Child) -> float:
    """Return when the file of a child was touched last, as its file system tells it; as before if it cannot be seen."""
    with suppress(OSError):
        if child.pulse_file is not None:
            return child.pulse_file.stat().st_mtime
    return child.last_pulse
