"""Files, folders, packages, pages and standard input become documents.

In: paths. Out: `Document`s, in order, and one sentence for each thing that gave none.
"""
