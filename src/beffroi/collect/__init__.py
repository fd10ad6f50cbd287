"""Collecting: what bulletins published, into archive and store.

In: a bulletin and a window. Out: documents, records and slices, each batch in one transaction.
"""
