"""The xAPI statement: model, parsing, rules, canonical form. Pure: nothing here opens a file."""
