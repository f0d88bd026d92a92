"""The systems that export statements: one module each, with its habits of spelling and omission."""
