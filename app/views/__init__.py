"""The pages. Each module has a blueprint and each wing lists its own; this package collects them."""

from app.views import accounts, actions, campaigns, congress, imports, mail, mobilizing, people, press, privacy, travel

_WINGS = (accounts, actions, campaigns, congress, imports, mail, mobilizing, people, press, privacy, travel)

BLUEPRINTS = tuple(blueprint for wing in _WINGS for blueprint in wing.BLUEPRINTS)
SECTIONS = tuple(section for wing in _WINGS for section in wing.SECTIONS)
REMOVED = tuple(removed for wing in (accounts, congress, mobilizing, people, press, travel) for removed in wing.REMOVED)
