"""Who is let in: a district's samordnare invites, changes and ends the memberships of her district."""
