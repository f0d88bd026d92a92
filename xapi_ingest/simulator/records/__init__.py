"""Reference tables as the company's systems export them: one module a system, rows by contract."""
