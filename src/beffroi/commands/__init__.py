"""One command = one library call.

In: arguments. Out: an exit status.
"""
