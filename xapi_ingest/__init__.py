"""Everything between an export and the landing. Plain Python: no framework is imported here."""
