"""Clients of what lies outside: one folder each. They know no rows, no pages and no settings."""
