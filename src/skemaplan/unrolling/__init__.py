"""From the rows of a term to the facts of one dated week, one idea in each file; `unroll.py` is the door."""
