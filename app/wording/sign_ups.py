"""The sentences about each kind of sign-up, in the language of the reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.wording.formats import at

Sentence = Callable[[SignUp], str]


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the emails and pages of one kind of sign-up say."""

    asked: Sentence
    """What the owner of an address is said to have asked for, in an email."""
    question: Sentence
    """The heading of the page where it is confirmed."""
    done: Sentence
    """What has happened once it is confirmed."""
    withdrawn: Sentence
    """What has happened once it is withdrawn."""


def _attended(sign_up: SignUp) -> dict[str, str]:
    """Return the names that sentences about attending use: what, and when."""
    mobilization = sign_up.mobilization
    if mobilization is None:
        raise AssertionError("who attends, attends a mobilization")
    return {
        "title": mobilization.title,
        "when": at(mobilization.starts_at, mobilization.timezone, mobilization.place.name),
    }


SENTENCES: Mapping[SignUpKind, Sentences] = {
    SignUpKind.ENDORSE: Sentences(
        asked=lambda one: gettext(
            "Someone, most likely you, wants to endorse the campaign “%(title)s”.", title=one.campaign.title
        ),
        question=lambda one: gettext("Do you endorse “%(title)s”?", title=one.campaign.title),
        done=lambda one: gettext("You have endorsed “%(title)s”. Thank you.", title=one.campaign.title),
        withdrawn=lambda one: gettext("You no longer endorse “%(title)s”.", title=one.campaign.title),
    ),
    SignUpKind.ATTEND: Sentences(
        asked=lambda one: gettext("Someone, most likely you, wants to attend “%(title)s”: %(when)s.", **_attended(one)),
        question=lambda one: gettext("Do you want to attend “%(title)s”?", **_attended(one)),
        done=lambda one: gettext("You attend “%(title)s”: %(when)s.", **_attended(one)),
        withdrawn=lambda one: gettext("You no longer attend “%(title)s”.", **_attended(one)),
    ),
}


def sentences_of(sign_up: SignUp) -> Sentences:
    """Return the sentences about a sign-up."""
    return SENTENCES[sign_up.kind]
