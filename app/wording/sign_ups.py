"""The sentences about each kind of sign-up, in the language of the reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import get_locale, gettext

from app.models.mobilizing.sign_ups import Decision, SignUp, SignUpKind
from app.wording.formats import at
from app.wording.places import place_name
from app.wording.statements import title_of

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
    accepted: Sentence | None = None
    """What the organizers have accepted, if its kind needs their consent."""
    declined: Sentence | None = None

    def so_far(self, sign_up: SignUp) -> str:
        """Return what has happened with a sign-up that is confirmed."""
        decided = {Decision.ACCEPTED: self.accepted, Decision.DECLINED: self.declined}
        sentence = (decided[sign_up.decision] if sign_up.decision else None) or self.done
        return sentence(sign_up)


def _title(sign_up: SignUp) -> str:
    return title_of(sign_up.version) if sign_up.version else ""


def _brigade(sign_up: SignUp) -> str:
    return sign_up.brigade.name if sign_up.brigade else ""


def _attended(sign_up: SignUp) -> dict[str, str]:
    """Return the names that sentences about attending use: what, and when."""
    mobilization = sign_up.mobilization
    if mobilization is None:
        raise AssertionError("who attends, attends a mobilization")
    return {
        "title": mobilization.title,
        "when": at(mobilization.starts_at, mobilization.timezone, place_name(mobilization.place)),
    }


def _hosted(sign_up: SignUp) -> dict[str, str]:
    """Return the names that sentences about hosting use: the day of action, and the organization."""
    day = sign_up.day_of_action
    if day is None:
        raise AssertionError("who hosts, hosts on a day of action")
    return {"title": day.title_in(str(get_locale())), "organization": sign_up.organization_name or ""}


SENTENCES: Mapping[SignUpKind, Sentences] = {
    SignUpKind.ENDORSE: Sentences(
        asked=lambda one: gettext(
            "Someone, most likely you, wants to endorse the campaign “%(title)s”.", title=one.campaign.title
        ),
        question=lambda one: gettext("Do you endorse “%(title)s”?", title=one.campaign.title),
        done=lambda one: gettext("You have endorsed “%(title)s”. Thank you.", title=one.campaign.title),
        withdrawn=lambda one: gettext("You no longer endorse “%(title)s”.", title=one.campaign.title),
    ),
    SignUpKind.SIGN: Sentences(
        asked=lambda one: gettext("Someone, most likely you, wants to sign “%(title)s”.", title=_title(one)),
        question=lambda one: gettext("Do you sign “%(title)s”?", title=_title(one)),
        done=lambda one: gettext("You have signed “%(title)s”. Thank you.", title=_title(one)),
        withdrawn=lambda one: gettext("You no longer sign “%(title)s”.", title=_title(one)),
    ),
    SignUpKind.ATTEND: Sentences(
        asked=lambda one: gettext("Someone, most likely you, wants to attend “%(title)s”: %(when)s.", **_attended(one)),
        question=lambda one: gettext("Do you want to attend “%(title)s”?", **_attended(one)),
        done=lambda one: gettext("You attend “%(title)s”: %(when)s.", **_attended(one)),
        withdrawn=lambda one: gettext("You no longer attend “%(title)s”.", **_attended(one)),
    ),
    SignUpKind.JOIN: Sentences(
        asked=lambda one: gettext("Someone, most likely you, wants to join “%(brigade)s”.", brigade=_brigade(one)),
        question=lambda one: gettext("Do you want to join “%(brigade)s”?", brigade=_brigade(one)),
        done=lambda one: gettext(
            "You have asked to join “%(brigade)s”. The organizers will answer.", brigade=_brigade(one)
        ),
        withdrawn=lambda one: gettext("You no longer ask to join “%(brigade)s”.", brigade=_brigade(one)),
        accepted=lambda one: gettext("You take part in “%(brigade)s”. Thank you!", brigade=_brigade(one)),
        declined=lambda one: gettext("The organizers have not taken you into “%(brigade)s”.", brigade=_brigade(one)),
    ),
    SignUpKind.HOST: Sentences(
        asked=lambda one: gettext(
            "Someone, most likely you, proposes that %(organization)s hosts a mobilization: “%(title)s”.",
            **_hosted(one),
        ),
        question=lambda one: gettext("Does %(organization)s host a mobilization: “%(title)s”?", **_hosted(one)),
        done=lambda one: gettext(
            "You have proposed a mobilization: “%(title)s”. The organizers will approve or decline it.", **_hosted(one)
        ),
        withdrawn=lambda one: gettext("You have withdrawn your proposal for “%(title)s”.", **_hosted(one)),
        accepted=lambda one: gettext(
            "The organizers have approved the mobilization of %(organization)s for “%(title)s”. It is announced now.",
            **_hosted(one),
        ),
        declined=lambda one: gettext(
            "The organizers have declined the mobilization that you proposed for “%(title)s”.", **_hosted(one)
        ),
    ),
}


def sentences_of(sign_up: SignUp) -> Sentences:
    """Return the sentences about a sign-up."""
    return SENTENCES[sign_up.kind]
