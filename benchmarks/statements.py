"""The plain SQL that queries are compared with: which legs each problem affects, and nothing else. For SQLite."""

_COMMON = """
    FROM informed_entities e
    JOIN active_periods p ON p.problem_id = e.problem_id
    JOIN route_problems r ON r.id = e.problem_id AND r.effect = 'no_service'
    {joins}
    WHERE e.congress_id = :congress AND l.congress_id = :congress AND e.kind = '{kind}' {narrowed}
      AND l.status IN ('planned', 'booked', 'under_way')
      AND {ends} > p.starts_at AND (p.ends_at IS NULL OR {begins} < p.ends_at)
      AND (p.daily_from IS NULL OR {daily}) {more}
"""
_DAILY = """
    CASE WHEN substr({begins}, 12) >= p.daily_from AND substr({begins}, 12) < p.daily_until THEN 1
         WHEN substr({begins}, 12) < p.daily_from THEN substr({begins}, 1, 10) || ' ' || p.daily_from < {ends}
         ELSE date({begins}, '+1 day') || ' ' || p.daily_from < {ends} END
"""
_WHOLE = ("l.departs_at", "l.arrives_at")


def _there(end: str, minutes: int, *, in_country: bool = False) -> tuple[str, str]:
    """Return from when until when a leg is at one of its ends; in a country, a leg over land or inside it is there throughout."""
    places = (
        "(SELECT country FROM places WHERE id = l.origin_id) = (SELECT country FROM places WHERE id = l.destination_id)"
    )
    whole = f"l.mode NOT IN ('air', 'sea') OR {places}" if in_country else "0"
    shifted = "strftime('%Y-%m-%d %H:%M:%S.000000', {}, '{:+d} minutes')"
    if end == "origin_id":
        until = f"min(l.arrives_at, {shifted.format('l.departs_at', minutes)})"
        return "l.departs_at", f"CASE WHEN {whole} THEN l.arrives_at ELSE {until} END"
    since = f"max(l.departs_at, {shifted.format('l.arrives_at', -minutes)})"
    return f"CASE WHEN {whole} THEN l.departs_at ELSE {since} END", "l.arrives_at"


_LEG = "JOIN legs l ON {match}"
_AT = "JOIN places o ON {match} JOIN legs l ON l.{end} = o.id"
_ENDS_OF = "JOIN legs l ON l.mode IN ('rail', 'road', 'river', 'foot')"
_BOTH = "JOIN places o ON o.id = l.origin_id JOIN places d ON d.id = l.destination_id"
_ENDS = ("origin_id", "destination_id")
_PARTS = (
    *(("country_airspace", _AT.format(match="o.country = e.country", end=end), "AND l.mode = 'air'", _there(end, 120, in_country=True)) for end in _ENDS),
    *(("country", _AT.format(match="o.country = e.country", end=end), "", _there(end, 120, in_country=True)) for end in _ENDS),
    *(("place", _LEG.format(match=f"l.{end} = e.place_id"), "", _there(end, 15)) for end in _ENDS),
    ("border", f"{_ENDS_OF} {_BOTH}", "AND o.country <> d.country AND e.country IN (o.country, d.country)", _WHOLE),
    ("mode", f"JOIN legs l ON l.mode = e.mode {_BOTH}", "AND e.country IN (o.country, d.country)", _WHOLE),
    ("carrier", _LEG.format(match="l.carrier_key = e.carrier_key"), "", _WHOLE),
)  # fmt: skip


def hits(kind: str | None = None) -> str:
    """Return the statement for one problem of a kind, or for all problems of a congress."""
    parts = [part for part in _PARTS if kind in (None, part[0])]
    narrowed = "" if kind is None else "AND e.problem_id = :problem"
    return " UNION ".join(
        "SELECT e.problem_id, l.id" + _COMMON.format(
            kind=kind, joins=joins, more=more, narrowed=narrowed, begins=begins, ends=ends,
            daily=_DAILY.format(
                begins=f"max({begins}, p.starts_at)", ends=f"min({ends}, coalesce(p.ends_at, '9999'))",
            ),
        )
        for kind, joins, more, (begins, ends) in parts
    )  # fmt: skip
