"""What each kind of sign-up does besides counting."""

from collections.abc import Mapping

from app import clock
from app.domain_errors import DomainError
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.text import N_


class Kind:
    """A kind of sign-up that only counts; others say what follows from it."""

    def check(self, sign_up: SignUp) -> None:
        """Raise DomainError if it can no longer be confirmed, because what it is about is over."""

    def confirmed(self, sign_up: SignUp) -> None:
        """Do what follows when a sign-up begins to count."""

    def withdrawn(self, sign_up: SignUp) -> None:
        """Do what follows when a sign-up that counted is withdrawn."""


class Attending(Kind):
    """Attending a mobilization."""

    def check(self, sign_up: SignUp) -> None:
        """Raise DomainError if the mobilization is over or canceled."""
        mobilization = sign_up.mobilization
        if mobilization is None or not mobilization.takes_attendees(clock.now()):
            raise DomainError(None, N_("It is over or was canceled."))


KINDS: Mapping[SignUpKind, Kind] = {
    SignUpKind.ENDORSE: Kind(),
    SignUpKind.ATTEND: Attending(),
}
"""The kinds that can be asked for."""
