"""create_app: the only module that knows every slice."""

import gc
import logging
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, jsonify
from flask_jwt_extended import JWTManager
from flask_migrate import Migrate
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from outreach import config
from outreach.access import guarding, reaching
from outreach.access.actor import current_actor
from outreach.access.municipality_routes import routes as municipality_routes
from outreach.access.roles import Permission
from outreach.access.routes import routes as access_routes
from outreach.access.trail_routes import routes as trail_routes
from outreach.campaigns.routes import routes as campaigns_routes
from outreach.concerns.routes import routes as concerns_routes
from outreach.conversations.routes import routes as conversations_routes
from outreach.db import db
from outreach.dispatch import routing, searching
from outreach.dispatch.routes import routes as dispatch_routes
from outreach.guides.routes import routes as guides_routes
from outreach.handover.debt_routes import routes as debt_routes
from outreach.handover.routes import routes as handover_routes
from outreach.jobs import running
from outreach.jobs.routes import job_routes
from outreach.letters import print_jobs
from outreach.letters.print_routes import routes as print_routes
from outreach.letters.routes import routes as letters_routes
from outreach.messages import channels, push, sending
from outreach.messages.routes import message_routes
from outreach.plans.routes import routes as plans_routes
from outreach.sync import ageing
from outreach.sync.box_routes import routes as box_routes
from outreach.sync.device_routes import routes as device_routes
from outreach.sync.quarantine_routes import routes as quarantine_routes
from outreach.sync.routes import routes as sync_routes
from outreach.territory import import_jobs
from outreach.territory.routes import routes as territory_routes
from outreach.visits.routes import routes as visits_routes
from outreach.volunteers.routes import routes as volunteers_routes
from outreach.web import compression, headers, kept, openapi, problems, screens
from outreach.web.mounting import Mounted
from outreach.web.routing import public

SLICES = (
    access_routes,
    municipality_routes,
    trail_routes,
    territory_routes,
    job_routes(Permission.ADDRESS_IMPORT, current_actor),
    volunteers_routes,
    message_routes(Permission.OWN_ACCOUNT, current_actor),
    guides_routes,
    campaigns_routes,
    letters_routes,
    print_routes,
    visits_routes,
    conversations_routes,
    plans_routes,
    concerns_routes,
    handover_routes,
    debt_routes,
    dispatch_routes,
    sync_routes,
    device_routes,
    box_routes,
    quarantine_routes,
)
# The app of the phones and desks, as it was built.
APP_FOLDER = Path(__file__).parent / "static" / "app"
LARGEST_BODY = 64 * 1024 * 1024
# One phone's day is thousands of rows: at Python's own 700 the collector runs dozens of times in
# one exchange, over everything that was ever imported, and takes a quarter of it.
COLLECT_AFTER = 50_000


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, with its settings from the environment unless given."""
    gc.set_threshold(COLLECT_AFTER)
    settings = settings or config.from_environment()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, static_folder=None)
    app.config |= {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "PUBLIC_URL": settings.public_url + settings.path_prefix,
        "DEMO": settings.demo,
        "DATA_DIR": settings.data_dir,
        "APP_BUILT_ON": ageing.built_on(APP_FOLDER),
        "JWT_SECRET_KEY": settings.secret_key,
        "JWT_TOKEN_LOCATION": ["headers", "cookies"],
        "JWT_ACCESS_TOKEN_EXPIRES": timedelta(minutes=15),
        "JWT_REFRESH_TOKEN_EXPIRES": timedelta(days=30),
        "JWT_COOKIE_SECURE": settings.secure_cookies,
        "JWT_COOKIE_SAMESITE": "Strict",
        "JWT_COOKIE_CSRF_PROTECT": True,
        "JWT_SESSION_COOKIE": False,
        "JWT_REFRESH_COOKIE_PATH": f"{settings.path_prefix}/v1/sessions",
        "JWT_REFRESH_CSRF_COOKIE_PATH": f"{settings.path_prefix}/",
    }
    _stand_behind(app, settings)
    db.init_app(app)
    Migrate(app, db, directory=str(Path(__file__).parent / "migrations"))
    JWTManager(app)
    guarding.register(app)
    _work_beside_requests(app, settings)
    compression.register(app)
    headers.register(app)
    api = openapi.register(app, app.config["PUBLIC_URL"])
    problems.register(app)  # after the API library, whose own answers have another shape
    for routes in SLICES:
        api.register_blueprint(routes)
    _serve_health(app)
    screens.register(app, APP_FOLDER, kept.folder(settings.data_dir), settings.path_prefix)
    return app


def _work_beside_requests(app: Flask, settings: config.Settings) -> None:
    """Long work; mail and push to who has no desk open, as far as they are set up."""
    search = searching.search_kind(routing.set_up(app, settings.routing))
    running.register(app, (*import_jobs.JOBS, *print_jobs.JOBS, search), settings.redis_url)
    ways = channels.set_up(app, settings.mail, settings.push, reaching.where_reached)
    if settings.push:
        push.make_key(ways.key_file)
    sending.register(app)


def _stand_behind(app: Flask, settings: config.Settings) -> None:
    """The path the app lives under, and the proxies whose word on the caller counts."""
    if settings.path_prefix:
        # Flask's own way to put a layer around the app is to assign this method.
        app.wsgi_app = Mounted(app.wsgi_app, settings.path_prefix)  # type: ignore[method-assign]
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    # The address bar holds no personal data, but a request line is no place to find out.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def _serve_health(app: Flask) -> None:
    @app.get("/healthz")
    @public
    def healthz() -> Response:
        db.session.execute(text("SELECT 1"))
        return jsonify({"status": "ok"})

    @app.get("/.well-known/security.txt")
    @public
    def security_txt() -> Response:
        contact = "Contact: https://example.org/voordeur/security\n"
        return Response(
            contact + "Expires: 2027-12-31T00:00:00Z\nPreferred-Languages: nl, en\n",
            mimetype="text/plain",
        )
