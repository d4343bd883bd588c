"""What is left of people who were erased."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.privacy.erasures import ConsentProof


def proofs(address: str) -> Sequence[ConsentProof]:
    """Return what somebody had agreed to who was erased, by a normalized address, the earliest first."""
    found = select(ConsentProof).where(ConsentProof.digest == address)
    return db.session.scalars(found.order_by(ConsentProof.given_at, ConsentProof.id)).all()
