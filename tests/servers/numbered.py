"""The smallest server there is: `/N` answers a JSON list of N numbers, `/bytes/N` N bytes that are no text.

In: a path. Out: an answer. It shows how a source's server is written, and serves the tests of fetching.
"""

from __future__ import annotations

import random

from tests.servers.loopback import Answer, LoopbackServer, Query, main


class Numbered(LoopbackServer):
    """Answers lists of numbers, and bytes."""

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:  # noqa: ARG002 - a base's method
        """Return the list or the bytes a path asks for; a POST is answered with its body."""
        if method == "POST":
            return Answer.json({"asked": body.decode(), "where": path})
        kind, _, size = path.strip("/").rpartition("/")
        if not size.isdecimal():
            return Answer(404, {}, b"no such number")
        if kind == "bytes":
            return Answer(200, {"Content-Type": "application/gzip"}, random.Random(size).randbytes(int(size)))
        return Answer.json(list(range(int(size))))


if __name__ == "__main__":
    main(lambda faults, port: Numbered(faults=faults, port=port))
