"""The kinds of action that a problem calls for."""

from app.models.actions.follow_ups import FollowUpKind
from app.models.travel.problems import Cause

_K = FollowUpKind
PROPOSED: dict[Cause, tuple[FollowUpKind, ...]] = {
    Cause.AIRSPACE_CLOSED: (_K.REBOOK, _K.ACCOMPANY, _K.REMOTE_SEAT),
    Cause.AIRPORT_CLOSED: (_K.REBOOK, _K.CALL, _K.REMOTE_SEAT),
    Cause.CARRIER_WITHDRAWN: (_K.REBOOK, _K.CALL, _K.REMOTE_SEAT),
    Cause.BORDER_CLOSED: (_K.ACCOMPANY, _K.REBOOK, _K.CONSULATE_LETTER, _K.REMOTE_SEAT),
    Cause.VISA_REFUSED: (_K.CONSULATE_LETTER, _K.ALTERNATE, _K.REMOTE_SEAT),
    Cause.VISA_DELAYED: (_K.CONSULATE_LETTER, _K.REBOOK, _K.ALTERNATE, _K.REMOTE_SEAT),
    Cause.TRANSIT_REFUSED: (_K.REBOOK, _K.CONSULATE_LETTER, _K.ALTERNATE, _K.REMOTE_SEAT),
    Cause.DETENTION: (_K.CALL, _K.CONSULATE_LETTER, _K.ALTERNATE),
    Cause.SANCTIONS: (_K.REBOOK, _K.CALL, _K.REMOTE_SEAT),
    Cause.FUEL_SHORTAGE: (_K.REBOOK, _K.CALL),
    Cause.INSECURITY: (_K.CALL, _K.ACCOMPANY, _K.REBOOK),
    Cause.POLICE_ACTIVITY: (_K.CALL, _K.ACCOMPANY),
    Cause.MEDICAL_EMERGENCY: (_K.CALL, _K.ALTERNATE, _K.REMOTE_SEAT),
}
"""The kinds of action for each cause, most important first."""
PROPOSED_OTHERWISE = (_K.CALL, _K.REBOOK, _K.REMOTE_SEAT)


def proposed(cause: Cause) -> tuple[FollowUpKind, ...]:
    """Return the kinds of action for a problem with this cause, most important first."""
    return PROPOSED.get(cause, PROPOSED_OTHERWISE)
