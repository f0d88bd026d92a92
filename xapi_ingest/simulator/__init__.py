"""A synthetic company whose systems export what real ones do."""
