"""The pages. They read published files and nothing else."""
