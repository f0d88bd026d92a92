"""A synthetic company whose systems export what real ones do.

``company`` is the door. ``population``, ``catalogue`` and ``habit`` say who there is, what there is
to learn from and who learns in which week; ``emitters`` turn that into events, one module a system;
``faults`` spoils a known part of them; ``exports`` and ``truth`` write the result.
"""
