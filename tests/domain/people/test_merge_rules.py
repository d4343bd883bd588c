"""No reference to a person or an organization is forgotten when two are merged: the whole schema is walked."""

from app.domain.people.merge_rules import BY_NAME, NO_REFERENCE_BY_NAME, RULES, Move, name_of, references, unique_sets
from app.extensions import Base

TABLES = Base.metadata.tables


def reached():
    """Return the foreign keys to people and organizations, and to the rows that may be united with them."""
    waiting, seen, found = ["people", "organizations"], set(), []
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for key in references(TABLES[name]):
            found.append(key)
            rule = RULES.get(name_of(key))
            if isinstance(rule, Move) and (rule.same or unique_sets(key)):
                waiting.append(key.parent.table.name)
    return found


def test_every_foreign_key_to_what_is_merged_has_a_rule():
    """A new table that refers to people or organizations: add a line to app/domain/people/merge_rules.py."""
    names = {name_of(key) for key in reached()}
    missing = sorted(names - RULES.keys())
    assert missing == [], f"merging forgets {', '.join(missing)}: add a rule to app/domain/people/merge_rules.py"
    assert sorted(RULES.keys() - names) == [], "rules for references that do not exist"


def test_every_table_that_refers_to_rows_by_the_name_of_their_table_has_a_rule():
    pairs = [("subject", "subject_id"), ("record", "record_id"), ("table_name", "row_id"), ("table_name", "old_id")]
    found = {table.name for table in TABLES.values() for pair in pairs if set(pair) <= set(table.columns.keys())}
    unknown = found - BY_NAME.keys() - NO_REFERENCE_BY_NAME
    assert unknown == set(), "merging forgets rows that refer to others by name: add them to BY_NAME"


def test_rules_name_columns_that_exist():
    for name, rule in RULES.items():
        table = TABLES[name.partition(".")[0]]
        if isinstance(rule, Move):
            assert {*rule.same, *([rule.latest] if rule.latest else [])} <= set(table.columns.keys()), name
