"""SQL databases as sources: what is said about one, and its rows as they stream."""
