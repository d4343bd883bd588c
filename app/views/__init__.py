"""The pages: each module owns a blueprint, each wing has a tuple of its own, and this is all of them."""

from app.views import accounts, actions, campaigns, congress, mail, people, press, travel

BLUEPRINTS = tuple(
    blueprint
    for wing in (accounts, actions, campaigns, congress, mail, people, press, travel)
    for blueprint in wing.BLUEPRINTS
)
