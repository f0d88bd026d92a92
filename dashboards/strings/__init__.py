"""Every word that a reader sees, one module a language."""
