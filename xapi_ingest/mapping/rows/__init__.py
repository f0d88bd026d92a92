"""Readers of tables: one module a form of file. Each yields rows in bounded memory."""
