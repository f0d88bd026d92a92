"""Contracts of the reference tables: one declaration a table, by family; and what checks a file."""
