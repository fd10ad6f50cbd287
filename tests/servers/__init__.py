"""Servers on loopback: real HTTP, with the faults of real services. Start with `loopback.py`."""
