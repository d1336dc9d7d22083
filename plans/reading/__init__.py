"""From outside to a plan as data. Nothing here touches the database."""
