"""The form that erases a person."""

from flask_babel import lazy_gettext as _

from app.domain_errors import DomainError
from app.forms import fields
from app.forms.base import Form
from app.text import N_, plain


class ErasureForm(Form):
    """The name of the person, typed again."""

    typed_name = fields.line(
        _("Type the name of the person"),
        required=True,
        help=_("So that nobody is erased by mistake."),
    )

    def expect(self, name: str) -> None:
        """Refuse any other name."""

        def is_same(typed: str) -> None:
            if plain(typed) != plain(name):
                raise DomainError("typed_name", N_("This is not the name of this person."))

        self.check(is_same, "typed_name")
