"""What each kind of sign-up does besides counting."""

from collections.abc import Mapping

from app import clock
from app.domain.mobilizing import joining, proposals, signing
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


class Signing(Kind):
    """Signing a version of a statement."""

    def check(self, sign_up: SignUp) -> None:
        """Raise DomainError if the statement takes no more signatures."""
        signing.check_open(sign_up.version)


class Hosting(Kind):
    """Hosting a mobilization of a day of action; once the address is confirmed, it is a proposal."""

    def check(self, sign_up: SignUp) -> None:
        """Raise DomainError if nobody can propose a mobilization any more."""
        proposals.check_open(sign_up.day_of_action)

    def confirmed(self, sign_up: SignUp) -> None:
        """Record the proposal."""
        proposals.record(sign_up)

    def withdrawn(self, sign_up: SignUp) -> None:
        """Remove the mobilization, unless it has been announced."""
        proposals.take_back(sign_up)


class Joining(Kind):
    """Asking to join a brigade."""

    def check(self, sign_up: SignUp) -> None:
        """Raise DomainError if nobody can ask any more."""
        joining.check_open(sign_up.brigade)


KINDS: Mapping[SignUpKind, Kind] = {
    SignUpKind.ENDORSE: Kind(),
    SignUpKind.ATTEND: Attending(),
    SignUpKind.HOST: Hosting(),
    SignUpKind.JOIN: Joining(),
    SignUpKind.SIGN: Signing(),
}
"""The kinds that can be asked for."""
