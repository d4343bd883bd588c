"""What each kind of sign-up does besides counting."""

from collections.abc import Mapping

from app.models.mobilizing.sign_ups import SignUp, SignUpKind


class Kind:
    """A kind of sign-up that only counts; others say what follows from it."""

    def check(self, sign_up: SignUp) -> None:
        """Raise DomainError if it can no longer be confirmed, because what it is about is over."""

    def confirmed(self, sign_up: SignUp) -> None:
        """Do what follows when a sign-up begins to count."""

    def withdrawn(self, sign_up: SignUp) -> None:
        """Do what follows when a sign-up that counted is withdrawn."""


KINDS: Mapping[SignUpKind, Kind] = {
    SignUpKind.ENDORSE: Kind(),
}
"""The kinds that can be asked for."""
