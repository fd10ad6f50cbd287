"""The command line.

In: arguments. Out: an exit status: 0 done, 1 some document gave no record, 2 the request is wrong.
"""
