"""The sentences about each kind of sign-up, in the language of the reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from app.models.mobilizing.sign_ups import SignUp, SignUpKind

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


SENTENCES: Mapping[SignUpKind, Sentences] = {
    SignUpKind.ENDORSE: Sentences(
        asked=lambda one: gettext(
            "Someone, most likely you, wants to endorse the campaign “%(title)s”.", title=one.campaign.title
        ),
        question=lambda one: gettext("Do you endorse “%(title)s”?", title=one.campaign.title),
        done=lambda one: gettext("You have endorsed “%(title)s”. Thank you.", title=one.campaign.title),
        withdrawn=lambda one: gettext("You no longer endorse “%(title)s”.", title=one.campaign.title),
    ),
}


def sentences_of(sign_up: SignUp) -> Sentences:
    """Return the sentences about a sign-up."""
    return SENTENCES[sign_up.kind]
