"""How long data is kept, in the sentences that members and the public read as well."""

from flask_babel import ngettext

from app.models.privacy.retention import CountedFrom


def member_sentence(counted: CountedFrom, days: int) -> str:
    """Return until when something is kept, counted from what members and the public know of."""
    match counted:
        case CountedFrom.PLACE:
            text = ngettext(
                "Kept until %(num)d day after the end of the congress or campaign.",
                "Kept until %(num)d days after the end of the congress or campaign.",
                days,
            )
        case CountedFrom.CAMPAIGN:
            text = ngettext(
                "Kept until %(num)d day after the end of the campaign.",
                "Kept until %(num)d days after the end of the campaign.",
                days,
            )
        case CountedFrom.MOBILIZATION:
            text = ngettext(
                "Kept until %(num)d day after the mobilization.",
                "Kept until %(num)d days after the mobilization.",
                days,
            )
        case CountedFrom.CLOSING:
            text = ngettext(
                "Kept until %(num)d day after the statement is closed.",
                "Kept until %(num)d days after the statement is closed.",
                days,
            )
        case _:
            text = ngettext(
                "Kept until %(num)d day after the request.", "Kept until %(num)d days after the request.", days
            )
    return str(text)
