"""Things picked by typing, with suggestions and without a script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from app.forms.fields import clean_line
from app.text import plain

SHORTEST = 3
"""Letters that have to be typed before a beginning counts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be picked by typing its label, or one of its other names."""

    label: str
    value: Any
    other_names: tuple[str, ...] = ()


class PickField(Field):
    """A text field with suggestions whose data is what the text names.

    It takes the label, another name (a code, an acronym), or the beginning of exactly one label; anything else comes
    back with what it reminds of.
    """

    widget = TextInput()

    def __init__(self, label: Any = None, *, required: bool = False, help: Any = "", **kwargs: Any) -> None:
        self.data: Any = None
        super().__init__(label, validators=[self._picked(required)], description=help, **kwargs)
        self.choices: Sequence[Choice] = ()
        self.search: Callable[[str], Sequence[Choice]] | None = None
        """Finds more than what is suggested, where there is too much to suggest all of it."""
        self.suits: Callable[[Any], bool] = lambda _value: True
        """Of several things that a text may mean, the one that suits is meant."""
        self.typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = clean_line(valuelist[0]) if valuelist else ""
        self.data = None

    def process_data(self, value: Any) -> None:
        self.data = value

    def _value(self) -> str:
        if self.typed or self.data is None:
            return self.typed
        known = next((choice.label for choice in self.choices if choice.value == self.data), "")
        return known or str(getattr(self.data, "label", self.data))

    def suggestions(self) -> Sequence[Choice]:
        """Return what the page suggests."""
        return self.choices[:400]

    def find(self) -> list[Choice]:
        """Return what the typed text may mean: the best kind of match that matches at all."""
        typed = plain(self.typed)
        meanings: tuple[Callable[[Choice], bool], ...] = (
            lambda choice: plain(choice.label) == typed,
            lambda choice: typed in (plain(name) for name in choice.other_names),
            lambda choice: len(typed) >= SHORTEST and not self.search and plain(choice.label).startswith(typed),
        )
        known = self._known()
        for meaning in meanings:
            if found := [choice for choice in known if meaning(choice)]:
                return self._suiting(found)
        return self._suiting(list(self.search(self.typed))) if self.search and len(typed) >= SHORTEST else []

    def _suiting(self, found: list[Choice]) -> list[Choice]:
        """Return the one that suits, where only one of several does; otherwise all, those that suit first."""
        if self.search and not any(self.suits(choice.value) for choice in found):
            found = [*found, *(choice for choice in self.search(self.typed) if choice not in found)]
        suiting = [choice for choice in found if self.suits(choice.value)]
        if len(suiting) == 1:
            return suiting
        return [*suiting, *(choice for choice in found if choice not in suiting)]

    def near(self) -> list[Choice]:
        """Return what the typed text reminds of; only a person can tell whether it was meant."""
        typed = plain(self.typed)
        if len(typed) < SHORTEST:
            return []
        found = [choice for choice in self._known() if typed in plain(choice.label)]
        return found or list(self.search(self.typed) if self.search else ())

    def _known(self) -> list[Choice]:
        """Return what is suggested and what a search finds for the typed text, each once."""
        found = self.search(self.typed) if self.search and self.typed else ()
        return [*self.choices, *(choice for choice in found if choice not in self.choices)]

    @staticmethod
    def _picked(required: bool) -> Callable[[Any, "PickField"], None]:
        def picked(_form: Any, field: PickField) -> None:
            if not field.typed:
                if required:
                    raise ValidationError(gettext("Choose one."))
                return
            found = field.find()
            if len(found) == 1:
                field.data = found[0].value
            elif near := found or field.near():
                names = "; ".join(choice.label for choice in near[:8])
                raise ValidationError(gettext("Which one? %(names)s. Write it in full.", names=names))
            else:
                raise ValidationError(gettext("“%(typed)s” is not known here.", typed=field.typed))

        return picked
