"""How accounts want to see lists."""

from sqlalchemy import select

from app.extensions import db
from app.models.accounts.list_views import ListName, ListView


def of_user(user_id: int, name: ListName) -> ListView | None:
    """Return how an account wants to see a list, if it said so."""
    return db.session.scalar(select(ListView).where(ListView.user_id == user_id, ListView.list_name == name))
