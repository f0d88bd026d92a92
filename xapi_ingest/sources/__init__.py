"""Where records come from: one module a connector. Readers yield bytes with their position."""
