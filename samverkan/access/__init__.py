"""May they: one table of roles and rights, and answers with a reason."""
