"""Systems that send no statements: their own exports, with the mapping that makes statements."""
