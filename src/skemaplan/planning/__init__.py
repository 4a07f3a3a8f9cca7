"""Strategies above `solve`: they pass data and call it, and no rule knows of them."""
