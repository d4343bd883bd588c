"""Pages of follow-up actions."""

from app.views.actions import follow_ups, today

BLUEPRINTS = (follow_ups.bp, today.bp)
