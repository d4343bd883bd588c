"""Encuentro: contacts, congresses and campaigns of labor solidarity."""

import gc

_was_enabled = gc.isenabled()
gc.disable()  # nothing becomes garbage while everything is imported, and looking for it would take a sixth of the time

from urllib.parse import urlsplit

from flask import Flask, Request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import MapAdapter

from app.config import TEMPLATES, Config
from app.dialects import prepare_sqlite
from app.extensions import Base, babel, csrf, db
from app.forms.picking import ZoneField
from app.models.oversight import chain
from app.models.types import give_keyring
from app.sealing import Keyring
from app.startup import settings_of_process
from app.views import BLUEPRINTS, REMOVED, SECTIONS
from app.web import (
    access,
    attention,
    choices,
    cookieless,
    errors,
    form_keys,
    listing,
    locked,
    looks,
    navigation,
    pending,
    proxies,
    removals,
    responses,
    retention,
    sessions,
    templating,
)

gc.freeze()  # what was imported stays
if _was_enabled:
    gc.enable()


class _House(Flask):
    """The application. Complete addresses on its pages begin with BASE_URL, whatever host a request names."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what builds addresses for a request."""
        adapter = super().create_url_adapter(request)
        if adapter is not None:
            base = urlsplit(self.config["SETTINGS"].base_url)
            adapter.server_name, adapter.url_scheme = base.netloc, base.scheme
        return adapter


def create_app(settings: Config | None = None) -> Flask:
    """Return the configured application. Settings come from the environment unless given."""
    settings = settings or settings_of_process()
    app = _House(__name__, template_folder=str(TEMPLATES))
    app.config.from_mapping(settings.for_flask())
    locked.register(app)  # before all others: nothing is looked at in a house that is locked
    _extend(app, settings)
    parts = (
        proxies,
        responses,
        templating,
        sessions,
        access,
        attention,
        cookieless,
        errors,
        form_keys,
        listing,
        looks,
        pending,
        retention,
    )
    for part in parts:
        part.register(app)
    ZoneField.towns = staticmethod(choices.zones_of_towns)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    navigation.register(app, SECTIONS)
    removals.register(app, REMOVED)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)  # type: ignore[method-assign]
    return app


def _extend(app: Flask, settings: Config) -> None:
    db.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=templating.choose_locale)
    with app.app_context():
        prepare_sqlite(db.engine)
        give_keyring(db.engine.dialect, Keyring.from_text(settings.field_key))
        db.engine.dialect.address_keyring = Keyring.following_from(settings.secret_key)  # type: ignore[attr-defined]
        chain.prepare(db.engine, settings.secret_key)
        Base.registry.configure()
