"""Pages of congresses and delegations."""

from app.views.congress import absences, congresses, delegations, personal

BLUEPRINTS = (absences.bp, congresses.bp, delegations.bp, personal.bp)
