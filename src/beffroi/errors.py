"""What can go wrong, as one tree; each message is one sentence: what, where, what to do.

    BeffroiError
    ├── UsageError          the request itself is wrong: a path that does not exist, an unknown identifier
    ├── Unreadable          a document that gives no record (the batch goes on)
    │   ├── NotSupported    no format recognises it
    │   ├── Malformed       its encoding, XML or JSON is broken
    │   └── TooLarge        beyond a stated limit: archived and reported, not parsed
    ├── FetchError          a request that brought nothing usable
    │   ├── NotThere        there is nothing at the address
    │   ├── Refused         the server refuses, or the address is none we may go to
    │   ├── Garbled         an answer that cannot be what was asked for: asked again
    │   ├── Oversized       an answer beyond a stated limit: the rest was not fetched
    │   ├── Unavailable     given up after the attempts that manners allow
    │   └── Stopped         we were told to stop
    ├── Uncited             a reader gave a value without saying where it stands: a fault of this program
    └── StoreError          the archive or the store contradicts itself

>>> issubclass(Malformed, Unreadable)
True
"""

LONGEST = 1000


def one_line(text: str) -> str:
    r"""Return a text on one line, with nothing in it that a terminal would obey, cut where it is endless.

    >>> one_line("a\x1b[2J\n b")
    'a [2J b'
    """
    shown = " ".join("".join(one if one.isprintable() else " " for one in text[: 2 * LONGEST]).split())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


class BeffroiError(Exception):
    """Base of every error this package raises on purpose."""


class UsageError(BeffroiError):
    """The request cannot be served as it was put."""


class Unreadable(BeffroiError):  # noqa: N818 - a state of a document, not a fault
    """A document that gives no record."""


class NotSupported(Unreadable):
    """No format recognises the document."""


class Malformed(Unreadable):
    """The document is not well-formed in its own encoding."""


class TooLarge(Unreadable):
    """The document or the package passes a stated limit."""


class FetchError(BeffroiError):
    """A request that brought nothing usable.

    Its sentence may quote what a server sent: it is printable, on one line, and of some length at most.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(one_line(sentence))


class NotThere(FetchError):  # noqa: N818 - a state of an address, not a fault
    """There is nothing at the address (404, 410)."""


class Refused(FetchError):  # noqa: N818 - what the server did
    """The server refuses the request, or the address is none that we may go to."""


class Garbled(FetchError):  # noqa: N818 - what the answer is
    """An answer that cannot be what was asked for: cut short, or another thing."""


class Unavailable(FetchError):  # noqa: N818 - what the server is
    """The server did not answer usably in as many attempts as manners allow."""


class Oversized(FetchError):  # noqa: N818 - what the answer is
    """The answer passes a stated limit; asking again would not make it smaller."""


class Stopped(FetchError):  # noqa: N818 - what we did
    """The request was not sent, or not waited for: we were told to stop."""


class Uncited(BeffroiError):  # noqa: N818 - what the value is
    """A value whose place no reader told, or told wrongly."""


class StoreError(BeffroiError):
    """The store holds something that contradicts its own rules."""
