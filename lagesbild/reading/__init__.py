"""From a file outside to a lägesbild as data. Nothing here touches the database."""
