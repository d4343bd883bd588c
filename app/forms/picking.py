"""Autocomplete fields that work without a script."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import TextInput

from app import zones
from app.forms.asking import Asking
from app.forms.fields import clean_line
from app.forms.presence import Needed, presence
from app.forms.recording import RECORD, Recording
from app.text import plain, searchable, words_of

LONGEST_TYPED = 300
"""Characters of what was typed to find something; the rest is cut off, because no name is longer."""
CLEARLY = 5
"""An option is taken among namesakes if it weighs so many times as much as the next one."""
MOST_OFFERED = 12
"""The number of choices offered if what was typed is ambiguous."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that can be chosen by typing its label, its unique code, or a name."""

    label: str
    value: Any
    other_names: tuple[str, ...] = ()
    """Names that other options may have as well."""
    codes: tuple[str, ...] = ()
    description: str = ""
    """Its label in a list of choices; the normal label if nothing has to be added."""
    weight: int = 0
    """How likely it is meant, among options with its name: one with CLEARLY times the weight of all others is taken."""

    @property
    def key(self) -> str:
        """The value that a page sends for it."""
        return str(getattr(self.value, "id", self.value))


class PickField(Asking):
    """A text field with suggestions whose data is the option that the text means.

    It accepts a complete label, a code, or a complete name that only one option has, or one that outweighs the others.
    For anything else, the person is asked to choose from the possible options.
    """

    widget = TextInput()

    def __init__(self, label: Any = None, *, required: Needed = False, help: Any = "", **kwargs: Any) -> None:
        self.data: Any = None
        super().__init__(label, validators=[_presence(required), _picked], description=help, **kwargs)
        self.choices: Sequence[Choice] = ()
        self.search: Callable[[str], Sequence[Choice]] = lambda _typed: ()
        """Finds more than the suggestions, if there is too much to suggest everything."""
        self.suits: Callable[[Any], bool] = lambda _value: True
        """Whether an option fits here; of several that text may mean, one that fits is meant."""
        self.is_near: Callable[[Any], bool] = lambda _value: True
        """Whether an option is where it is expected: others are not accepted by name while one is near."""
        self.instead: Callable[[Any], Sequence[Choice]] = lambda _value: ()
        """Alternatives for an option that does not fit."""
        self.shown: Callable[[Any], str] = lambda value: str(getattr(value, "label", value))
        """Returns the text for a value that is not among the suggestions."""
        self.recording: Recording | None = None
        """How an unknown value is created, if that is possible here."""
        self.typed = ""
        self.is_unknown = False
        self.note = ""
        """What the typed text means, if it is neither a label nor a code."""
        self.taken: Choice | None = None
        """The option that was taken although others have the typed name; these are in `offers`."""

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        asked_about = clean_line(formdata.get(f"{self.name}-about", self.typed)) if formdata else self.typed
        self.answer = self.sent if asked_about == self.typed else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = clean_line(valuelist[0][:LONGEST_TYPED]) if valuelist else ""
        self.raw_data = [self.typed]
        self.data = None

    def process_data(self, value: Any) -> None:
        self.data, self.typed = value, ""

    def _value(self) -> str:
        if self.typed or self.data is None:
            return self.typed
        known = next((choice.label for choice in self.choices if choice.value == self.data), "")
        return known or self.shown(self.data)

    @property
    def may_record(self) -> bool:
        """Whether the page offers to create a record for what was typed."""
        return self.recording is not None and (self.is_unknown or self.records)

    @property
    def records(self) -> bool:
        """Whether the user wants a record to be created for what was typed."""
        return self.answer == RECORD

    def picked(self) -> Any:
        """Return the chosen value. If the user wants a new record, it is created now: call this within the transaction.

        Raises DomainError if it cannot be created.
        """
        if self.recording and self.records and self.is_unknown:
            self.data = self.recording.record(self.typed, self.name)
        return self.data

    def suggestions(self) -> Sequence[Choice]:
        """Return what the page suggests."""
        return self.choices[:400]

    def pick(self) -> Choice | None:
        """Return the one option that is meant, or None; then `offers` contains the possible ones."""
        known = self._known()
        exact = self._exact(known)
        if len(exact) == 1:
            return exact[0]
        named = exact or [choice for choice in known if self._is_called(choice)]
        meant = [choice for choice in named if self.suits(choice.value)]
        likely = self._likeliest(meant)
        is_sure = likely is not None and bool(exact or self._is_expected(likely, known))
        if is_sure and len(meant) == 1:
            return likely
        offered = self._offered(named, known)
        if len(named) == 1 and offered == named:
            return named[0]
        if is_sure and not self.answer and likely is not None:
            self.taken, self.answer = likely, likely.key
        self.offers = [(choice.key, choice.description or choice.label) for choice in offered]
        return next((choice for choice in offered if choice.key == self.answer), None)

    def _likeliest(self, meant: Sequence[Choice]) -> Choice | None:
        """Return the option that is meant among namesakes: the only one, or one that clearly outweighs the others.

        Only the nearest compete, if some are near.
        """
        near = [choice for choice in meant if self.is_near(choice.value)] or meant
        first, *others = sorted(near, key=lambda choice: -choice.weight)[:2] or (None,)
        is_clear = first is not None and all(first.weight > other.weight * CLEARLY for other in others)
        return first if is_clear else None

    def _exact(self, known: Sequence[Choice]) -> list[Choice]:
        """Return the options that have the typed text as their label or, if they fit, as their code.

        A code that is not typed in capitals does not count if it is also the name of something that weighs more.
        """
        typed = plain(self.typed)
        labeled = [choice for choice in known if plain(choice.label) == typed]
        suiting = [choice for choice in known if self.suits(choice.value)]
        coded = [choice for choice in suiting if typed in map(plain, choice.codes)]
        heaviest = max((choice.weight for choice in coded), default=0)
        named = [choice for choice in suiting if typed in map(plain, choice.other_names) and choice.weight > heaviest]
        return labeled or ([] if named and not self.typed.isupper() else coded)

    def _is_called(self, choice: Choice) -> bool:
        typed = plain(self.typed)
        return any(plain(name) == typed for name in (*choice.codes, *choice.other_names))

    def _is_expected(self, choice: Choice, known: Sequence[Choice]) -> bool:
        """Return whether a name may be accepted: no nearer option contains it as well."""
        return self.is_near(choice.value) or not any(
            self.suits(other.value) and self.is_near(other.value) for other in known if self._holds_typed(other)
        )

    def _offered(self, named: Sequence[Choice], known: Sequence[Choice]) -> list[Choice]:
        """Return the possible options: those with the name, their alternatives, and those that contain the words.

        Names spelled as they were typed come first: San José is not San Jose.
        """
        named = sorted(named, key=lambda choice: self.typed.casefold() not in choice.label.casefold())
        instead = [other for choice in named if not self.suits(choice.value) for other in self.instead(choice.value)]
        rest = [choice for choice in known if self._holds_typed(choice)]
        called = sorted(named, key=lambda choice: not self.suits(choice.value))
        likely = sorted(rest, key=lambda choice: (not self.suits(choice.value), not self.is_near(choice.value)))
        suiting = [choice for choice in called if self.suits(choice.value)]
        offered: list[Choice] = []
        for choice in (*sorted(suiting, key=self._unlikely), *instead, *called, *likely):
            if choice.key not in {one.key for one in offered}:
                offered.append(choice)
        return offered[:MOST_OFFERED]

    def _unlikely(self, choice: Choice) -> tuple[bool, int]:
        return not self.is_near(choice.value), -choice.weight

    def _holds_typed(self, choice: Choice) -> bool:
        held = searchable(choice.label, *choice.codes, *choice.other_names)
        return choice not in self.choices or all(word in held for word in words_of(self.typed))

    def _known(self) -> list[Choice]:
        """Return the suggestions and the search results for the typed text, each once."""
        found = self.search(self.typed) if self.typed else ()
        keys = {choice.key for choice in found}
        return [*found, *(choice for choice in self.choices if choice.key not in keys)]


def understood(fields: Iterable[Any]) -> list[str]:
    """Return sentences that say what was taken where what was typed may mean several things."""
    return [
        gettext("“%(typed)s” is now %(name)s.", typed=field.typed, name=field.taken.description or field.taken.label)
        for field in fields
        if isinstance(field, PickField) and field.taken
    ]


def _presence(required: Needed) -> Any:
    return InputRequired(lazy_gettext("Choose one.")) if required is True else presence(required)


def _picked(_form: Any, field: PickField) -> None:
    found = field.pick() if plain(field.typed) else None
    field.is_unknown = found is None and bool(plain(field.typed))
    if found is not None:
        field.data = found.value
        is_plain = plain(field.typed) in map(plain, (found.label, *found.codes))
        field.note = "" if is_plain or field.offers else found.description
    elif field.recording and field.is_unknown and field.records:
        if not field.recording.part.validate():
            raise ValidationError(gettext("Fill in the missing fields below."))
    elif field.recording and field.is_unknown and not field.offers:
        raise ValidationError(
            gettext("“%(typed)s” is not known. Record it below, or correct the name.", typed=field.typed)
        )
    elif field.offers:
        raise ValidationError(gettext("“%(typed)s” may mean several things. Choose one.", typed=field.typed))
    else:
        raise ValidationError(gettext("“%(typed)s” is not known.", typed=field.typed))


class ZoneField(PickField):
    """A time zone: typed by its own name, or by a town in it."""

    towns: ClassVar[Callable[[str], Sequence[Choice]]] = staticmethod(lambda _typed: ())
    """Finds zones by known towns; forms do not know the database, so the application provides it."""

    def __init__(self, label: Any = None, *, suggests: bool = True, **kwargs: Any) -> None:
        """With `suggests`, the page lists all zones; pages that are already large leave this out."""
        super().__init__(label, **kwargs)
        self.suggests = suggests
        self.choices = [Choice(zone, zone, zones.towns(zone)) for zone in zones.known()]
        self.search = type(self).towns

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if not self.typed and self.sent in zones.known():
            self.typed = self.sent
            self.raw_data = [self.sent]

    def suggestions(self) -> Sequence[Choice]:
        return self.choices if self.suggests else ()

    def ask(self, offered: Sequence[str]) -> None:
        """Let a person choose one of several zones."""
        self.offers = [(zone, f"{zone} ({zones.towns(zone)[0]})") for zone in offered]
