"""The plain SQL that queries are compared with: which legs each problem affects, and nothing else. For SQLite."""

_COMMON = """
    FROM informed_entities e
    JOIN active_periods p ON p.problem_id = e.problem_id
    JOIN route_problems r ON r.id = e.problem_id AND r.effect = 'no_service'
    {joins}
    WHERE e.congress_id = :congress AND l.congress_id = :congress AND e.kind = '{kind}' {narrowed}
      AND l.status IN ('planned', 'booked', 'under_way')
      AND l.arrives_at > p.starts_at AND (p.ends_at IS NULL OR l.departs_at < p.ends_at)
      AND (p.daily_from IS NULL OR {daily}) {more}
"""
_BEGINS = "max(l.departs_at, p.starts_at)"
_ENDS = "min(l.arrives_at, coalesce(p.ends_at, '9999'))"
_DAILY = f"""
    CASE WHEN substr({_BEGINS}, 12) >= p.daily_from AND substr({_BEGINS}, 12) < p.daily_until THEN 1
         WHEN substr({_BEGINS}, 12) < p.daily_from THEN substr({_BEGINS}, 1, 10) || ' ' || p.daily_from < {_ENDS}
         ELSE date({_BEGINS}, '+1 day') || ' ' || p.daily_from < {_ENDS} END
"""
_LEG = "JOIN legs l ON {match}"
_AT = "JOIN places o ON {match} JOIN legs l ON l.{end} = o.id"
_ENDS_OF = "JOIN legs l ON l.mode IN ('rail', 'road', 'river', 'foot')"
_BOTH = "JOIN places o ON o.id = l.origin_id JOIN places d ON d.id = l.destination_id"
_PARTS = (
    *(("country_airspace", _AT.format(match="o.country = e.country", end=end), "AND l.mode = 'air'") for end in ("origin_id", "destination_id")),
    *(("country", _AT.format(match="o.country = e.country", end=end), "") for end in ("origin_id", "destination_id")),
    *(("place", _LEG.format(match=f"l.{end} = e.place_id"), "") for end in ("origin_id", "destination_id")),
    ("border", f"{_ENDS_OF} {_BOTH}", "AND o.country <> d.country AND e.country IN (o.country, d.country)"),
    ("mode", f"JOIN legs l ON l.mode = e.mode {_BOTH}", "AND e.country IN (o.country, d.country)"),
    ("carrier", _LEG.format(match="l.carrier_key = e.carrier_key"), ""),
)  # fmt: skip


def hits(kind: str | None = None) -> str:
    """Return the statement for one problem of a kind, or for all problems of a congress."""
    parts = [part for part in _PARTS if kind in (None, part[0])]
    narrowed = "" if kind is None else "AND e.problem_id = :problem"
    return " UNION ALL ".join(
        "SELECT e.problem_id, l.id" + _COMMON.format(kind=kind, joins=joins, more=more, narrowed=narrowed, daily=_DAILY)
        for kind, joins, more in parts
    )
