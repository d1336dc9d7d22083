"""States and the ways between them: one table, for plans and, later, reports."""
