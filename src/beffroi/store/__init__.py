"""The archive and the records, in one SQLite file.

In: documents and their notices. Out: rows.
"""
