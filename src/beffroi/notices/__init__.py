"""The model: what a notice is made of. It imports nothing above.

In: values read by `formats`. Out: `Notice` and its parts, immutable, with the JSON names of docs/record.md.

>>> from beffroi.notices import Notice
>>> "lots" in Notice.__struct_fields__
True
"""

from beffroi.notices.amount import Amount, Duration, Includes, Quantity, UnitAmount, decimal_text
from beffroi.notices.citation import Citation, Part, byte_range
from beffroi.notices.document import Container, Document, DocumentInfo
from beffroi.notices.lot import Award, Criterion, Framework, Lot, LotGroup, Options, Place, Reason, Renewals
from beffroi.notices.notice import (
    Change,
    Clause,
    Draft,
    Link,
    LotText,
    Notice,
    Procedure,
    Suspect,
    Text,
    Unread,
    Withheld,
    from_draft,
    from_json,
    to_json,
)
from beffroi.notices.organization import Identifier, Organization

__all__ = [
    "Amount",
    "Award",
    "Change",
    "Citation",
    "Clause",
    "Container",
    "Criterion",
    "Document",
    "DocumentInfo",
    "Draft",
    "Duration",
    "Framework",
    "Identifier",
    "Includes",
    "Link",
    "Lot",
    "LotGroup",
    "LotText",
    "Notice",
    "Options",
    "Organization",
    "Part",
    "Place",
    "Procedure",
    "Quantity",
    "Reason",
    "Renewals",
    "Suspect",
    "Text",
    "UnitAmount",
    "Unread",
    "Withheld",
    "byte_range",
    "decimal_text",
    "from_draft",
    "from_json",
    "to_json",
]
