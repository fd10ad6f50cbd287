"""How much of a package or a page is taken in before it is refused: nothing hostile fills the memory or the disk.

In: nothing. Out: bounds, each generous against what bulletins publish (a TED month: 70,000 members, 3 GB unpacked).
"""

MAX_DOCUMENT = 256 * 1024 * 1024
"""Bytes of one document that is archived; above it is refused (above 64 MB it is archived, not parsed)."""

MAX_MEMBERS = 250_000
"""Members of one package."""

MAX_UNPACKED = 16 * 1024**3
"""Bytes of one package, unpacked."""

MAX_RATIO = 200
"""Unpacked bytes for one packed byte: notices reach 40, a bomb 1,000."""

RATIO_FROM = 4 * 1024 * 1024
"""The ratio is judged from this many unpacked bytes on: small files of one repeated line are no bombs."""

MAX_DIRECTORY = 32 * 1024 * 1024
"""Bytes of a zip's central directory, which is read whole."""

MAX_NAME = 64 * 1024
"""Bytes of a tar's extended header (a long name, its attributes)."""

MAX_DEPTH = 3
"""Packages inside packages: a TED month may hold days, each a tar inside a gzip."""

CHUNK = 1024 * 1024
"""Bytes read at a time."""

MAX_TABLE = 64 * 1024 * 1024
"""Bytes of the table by which `compress` unpacks: notices need one or two million."""
