"""From pasted text to a table, a step in each file: rows, headings, numbers, and what is asked about."""
