"""The Flask extensions, not yet bound to an application, and the base class of every model."""

from typing import Any, ClassVar

from babel import Locale
from babel.support import NullTranslations
from flask import Flask
from flask_babel import Babel, Domain, get_locale
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from app.dialects import ReadableSession
from app.text import with_one_stop


class Base(DeclarativeBase):
    """The base of every model; the naming convention lets a migration undo its changes on both databases."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class _Sentences(Domain):  # type: ignore[misc]
    """Translations that never end in two periods after their placeholders are filled in."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._by_locale: dict[Locale, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """Return the translations of the current language: a page asks for them with each of its hundreds of sentences."""
        locale = get_locale()
        if locale is None:
            return NullTranslations()
        if locale not in self._by_locale:
            self._by_locale[locale] = super().get_translations()
        return self._by_locale[locale]

    def gettext(self, string: str, **variables: Any) -> str:
        text = self.get_translations().ugettext(string)
        return with_one_stop(text, variables) % variables if variables else text

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        variables.setdefault("num", num)
        return with_one_stop(self.get_translations().ungettext(singular, plural, num), variables) % variables


@pass_eval_context
def _gettext(context: EvalContext, string: str, /, **variables: Any) -> str:
    return _filled_in(context, _Babel.domain_instance.get_translations().ugettext(string), variables)


@pass_eval_context
def _ngettext(context: EvalContext, singular: str, plural: str, num: int, /, **variables: Any) -> str:
    variables.setdefault("num", num)
    return _filled_in(context, _Babel.domain_instance.get_translations().ungettext(singular, plural, num), variables)


def _filled_in(context: EvalContext, text: str, variables: dict[str, Any]) -> str:
    text = with_one_stop(text, variables)
    return Markup(text) % variables if context.autoescape else text % variables  # noqa: S704 - our own translations


class _Babel(Babel):  # type: ignore[misc]
    """Flask-Babel with these translations, in code and in templates."""

    domain_instance = _Sentences()

    def init_app(self, app: Flask, *args: Any, **settings: Any) -> None:
        super().init_app(app, *args, **settings)
        app.jinja_env.globals.update(gettext=_gettext, ngettext=_ngettext)


db = SQLAlchemy(model_class=Base, session_options={"class_": ReadableSession})
login_manager = LoginManager()
csrf = CSRFProtect()
babel = _Babel()
