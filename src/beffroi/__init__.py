"""Beffroi: the watchtower over official bulletins.

The house, in the order data flows:

- `errors`, `settings`: the exception tree; one frozen `Settings`
- `notices`: the model; `Notice` is the one noun
- `formats`: how bytes become notices, one format a module, over one `cursor`
- `intake`: files, folders, packages and pages become documents
- `batch`: many documents on all cores, in input order
- `store`: the archive (bytes) and the records, one SQLite file
- `demo`: a small bundled archive, written for the project
- `commands`, `cli`: one command = one library call

>>> import beffroi
>>> beffroi.__version__
'0.1.0'
"""

__version__ = "0.1.0"
