"""Encuentro: contacts, congresses and campaigns of labor solidarity."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import MIGRATIONS, TEMPLATES, Config
from app.dialects import prepare_sqlite
from app.extensions import Base, babel, csrf, db, login_manager, migrate
from app.forms.picking import ZoneField
from app.queries.accounts import accounts
from app.views import BLUEPRINTS, REMOVED, SECTIONS
from app.web import access, choices, cookieless, errors, form_keys, listing, navigation, removals, responses, templating


def create_app(settings: Config | None = None) -> Flask:
    """Return the configured application. Settings come from the environment unless given."""
    settings = settings or Config.from_env()
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.config.from_mapping(settings.for_flask())
    _extend(app)
    for part in (responses, templating, access, cookieless, errors, form_keys, listing):
        part.register(app)
    ZoneField.towns = staticmethod(choices.zones_of_towns)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    navigation.register(app, SECTIONS)
    removals.register(app, REMOVED)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)  # type: ignore[method-assign]
    return app


def _extend(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=templating.choose_locale)
    login_manager.session_protection = None  # phones change their IP address at every cell
    login_manager.user_loader(accounts.by_session_key)
    login_manager.init_app(app)
    with app.app_context():
        prepare_sqlite(db.engine)
        Base.registry.configure()
