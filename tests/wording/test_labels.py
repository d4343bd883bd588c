"""Labels of values that pages show."""

from app.models.mail.deliveries import DeliveryKind
from app.wording.labels import label


def test_every_kind_of_email_has_a_label(app):
    with app.test_request_context():
        assert all(label(kind) for kind in DeliveryKind)
