"""Labels of values that pages show."""

from flask_babel import force_locale

from app.models.actions.follow_ups import FollowUpStatus
from app.models.congress.congresses import CongressStatus
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.sign_ups import SignUpState
from app.queries.actions.filters import Show
from app.web.listing import all_of_them, every
from app.wording.labels import label


def test_every_kind_of_email_has_a_label(app):
    with app.test_request_context():
        assert all(label(kind) for kind in DeliveryKind)


def test_spanish_labels_agree_with_what_they_are_about(app):
    with app.test_request_context(), force_locale("es"):
        said = [label(one) for one in (Show.OPEN, Show.CLOSED, FollowUpStatus.COMPLETED, SignUpState.CONFIRMED)]
        assert said == ["abiertas", "hechas o descartadas", "hecha", "confirmada"]
        assert (all_of_them(), label(CongressStatus.CONFIRMED)) == ("todas", "confirmado")
        assert every(SignUpState, all_of_them())[0] == ("", "todas")
