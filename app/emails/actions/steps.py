"""The links in each line of a letter with actions: done, tomorrow, next week, hand back."""

from typing import NamedTuple

from flask import current_app

from app import clock, tokens
from app.domain.actions import steps
from app.emails.rendering import address_of
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.wording.steps import step_name


class StepOffer(NamedTuple):
    """A link of an action in a letter."""

    name: str
    address: str


def offers(follow_up: FollowUp, user: User | None) -> list[StepOffer]:
    """Return the links with which an account, or without one the person who has the action, acts on it; named in the current language."""
    secret_key = str(current_app.config["SECRET_KEY"])
    token = tokens.sign_step(secret_key, follow_up, user, clock.now().date())
    return [
        StepOffer(step_name(step), address_of("action_links.show", token=token, step=step.value))
        for step in steps.offered(follow_up)
    ]
