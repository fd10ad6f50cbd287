"""Beffroi: the watchtower over official bulletins.

The house, in the order data flows:

- `errors`, `settings`: the exception tree; one frozen `Settings`
- `notices`: the model; `Notice` is the one noun
- `fetch`: the only room that opens connections: politely, again when it fails, within limits
- `bulletins`: where notices come from, one file each: a declaration and pure functions
- `formats`: how bytes become notices, one format a module, over one `cursor`
- `intake`: files, folders, packages and pages become documents
- `batch`: many documents on all cores, in input order
- `store`: the archive (bytes) and the records, one SQLite file
- `collect`: what bulletins published, slice by slice, into the store; `health`: what is missing of it; rounds
- `render`: records for people, in the terminal and as pages, in French and English
- `demo`: a small bundled archive, written for the project
- `commands`, `cli`: one command = one library call

>>> import beffroi
>>> beffroi.__version__
'0.1.0'
"""

__version__ = "0.1.0"
