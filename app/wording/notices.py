"""What a message about a closure was understood to affect, in words."""

from app.domain.travel.notices import EntityDraft, NoticeDraft
from app.extensions import db
from app.models.travel.places import Place
from app.models.travel.problems import Effect, InformedEntity
from app.wording.problems import group_title


def drafted_groups(draft: NoticeDraft) -> list[str]:
    """Return the title of what each group of the draft closes or warns about."""
    closes = draft.effect is Effect.NO_SERVICE
    with db.session.no_autoflush:
        return [group_title([_entity(one) for one in group], closed=closes) for group in draft.groups]


def _entity(draft: EntityDraft) -> InformedEntity:
    """Return an entity that is only shown and never stored."""
    entity = InformedEntity(
        kind=draft.kind, country=draft.country, other_country=draft.other_country, fir=draft.fir, carrier=draft.carrier,
        mode=draft.mode,
    )  # fmt: skip
    if draft.place_id is not None:
        entity.place = db.session.get(Place, draft.place_id)
    return entity
