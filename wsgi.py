"""For any WSGI server: `wsgi:app`."""

from app import create_app, logs
from app.startup import settings_of_process

logs.configure()
app = create_app(settings_of_process().for_pages())
