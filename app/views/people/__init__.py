"""Pages of people and organizations."""

from app.views.people import organizations, people

BLUEPRINTS = (organizations.bp, people.bp)
