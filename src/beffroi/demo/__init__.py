"""A small bundled archive, written for the project.

In: nothing. Out: documents in real formats, each declared a reconstruction or a sample.
"""
