"""Pages of deliveries."""

from app.views.mail import mail

BLUEPRINTS = (mail.bp,)
