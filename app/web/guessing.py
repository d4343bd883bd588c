"""Delays against guessing a password or a code. They make tries rare, but keep nobody out who can wait.

Tries are counted before they are checked, so that many at once count as many, and a password is hashed only if its turn has
come. Wrong tries of one client at one account make this client wait longer and longer. If many clients guess at one account,
each client waits before its first try as well; devices on which the account has signed in before do not.
"""

import math
import time
from dataclasses import dataclass

from flask import request
from flask_babel import ngettext

from app.web.keyed import keyed_digest
from app.web.rate_limits import note_seldom, storage

FREE_TRIES, FREE_TRIES_OF_ALL = 3, 20
"""Tries without a delay: of one client at an account, and of all unknown devices together at an account."""
LONGEST_DELAY, LONGEST_DELAY_OF_ALL = 300, 60
"""Seconds. The second one is what the owner of an account under attack waits on a new device."""
_REMEMBERED = 6 * 3600
_PATIENCE = 600
"""How long a client that has waited may take to try."""


@dataclass(frozen=True, slots=True)
class Guessing:
    """Tries of one client at one account."""

    account: str
    device: str | None = None
    """The id of the device, if the account has signed in on it before; otherwise, the client is told by its address."""

    def seconds_to_wait(self) -> int:
        """Count a try and return 0; or, if this client has to wait first, return for how many seconds."""
        kept, client = storage(), self._client()
        left = _left(f"wait/{client}")
        if left:
            note_seldom("a client has to wait before it tries again")
            return left
        delay = self._delay()
        if delay and not kept.get(f"waited/{client}"):
            self._let_wait(delay)
            return delay
        kept.incr(f"tries/{client}", _REMEMBERED)
        if self.device is None:
            kept.incr(f"tries/{self._anyone()}", _REMEMBERED)
        self._let_wait(self._delay())
        return 0

    def succeed(self) -> None:
        """Forget the tries of this client, whose last one was right."""
        for name in ("tries", "wait", "waited"):
            storage().clear(f"{name}/{self._client()}")

    def forget(self) -> None:
        """Forget all tries at this account, because its password has changed."""
        storage().incr(f"epoch/{keyed_digest(self.account)}", 2 * _REMEMBERED)

    def seconds_left(self) -> int:
        """Return for how many seconds this client has to wait now."""
        return _left(f"wait/{self._client()}")

    def _delay(self) -> int:
        kept = storage()
        own = _growing(kept.get(f"tries/{self._client()}") - FREE_TRIES, LONGEST_DELAY)
        of_all = kept.get(f"tries/{self._anyone()}") if self.device is None else 0
        return max(own, _growing(of_all - FREE_TRIES_OF_ALL, LONGEST_DELAY_OF_ALL))

    def _let_wait(self, delay: int) -> None:
        kept, client = storage(), self._client()
        kept.clear(f"waited/{client}")
        if delay:
            kept.clear(f"wait/{client}")
            kept.incr(f"wait/{client}", delay)
            kept.incr(f"waited/{client}", delay + _PATIENCE)

    def _client(self) -> str:
        client = f"device {self.device}" if self.device else f"address {request.remote_addr}"
        return keyed_digest(f"{self._anyone()} {client}")

    def _anyone(self) -> str:
        account = keyed_digest(self.account)
        return f"{account}/{storage().get(f'epoch/{account}')}"


def too_many_tries(seconds: int) -> str:
    """Return the sentence that asks a client to wait."""
    if seconds < 100:
        return str(ngettext("Try again in %(num)d second.", "Try again in %(num)d seconds.", seconds))
    return str(ngettext("Try again in %(num)d minute.", "Try again in %(num)d minutes.", math.ceil(seconds / 60)))


def _growing(tries: int, longest: int) -> int:
    """Return a delay that doubles with every try."""
    return 0 if tries < 0 else min(2 ** min(tries + 1, 20), longest)


def _left(key: str) -> int:
    kept = storage()
    return max(1, math.ceil(kept.get_expiry(key) - time.time())) if kept.get(key) else 0
