"""The routing engine: finds alternative routes with arrays and graph searches. Independent of the database and pages."""
