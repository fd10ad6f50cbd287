"""The whole notice: from the root of an eForms tree to the draft of a record.

In: the root (ContractNotice, ContractAwardNotice, PriorInformationNotice, BusinessRegistrationInformationNotice), as
XML or as JSON made from it. Out: the draft, filled; `Gathered` with the publication number.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from beffroi.formats.eforms.awards import resolve, totals
from beffroi.formats.eforms.changes import changes, modification
from beffroi.formats.eforms.gathered import Gathered, Section
from beffroi.formats.eforms.kinds import instrument_of, kind_of
from beffroi.formats.eforms.lots import DUE_FIELDS, lot, state_deadline
from beffroi.formats.eforms.moments import dated, day
from beffroi.formats.eforms.names import family, language_of
from beffroi.formats.eforms.organizations import ORGANIZATIONS
from beffroi.formats.eforms.privacy import undisclosed
from beffroi.formats.eforms.process import PROCEDURE_PROCESS, procedure
from beffroi.formats.eforms.project import procedure_project
from beffroi.formats.eforms.results import NOTICE_RESULT
from beffroi.formats.eforms.reviews import APPEALS, REFERENCE, registered
from beffroi.formats.eforms.roles import contracting_party, leave_unused, resolve_bodies, resolve_roles
from beffroi.formats.eforms.terms import PROCEDURE_TERMS
from beffroi.formats.eforms.texts import fill_texts
from beffroi.formats.eforms.values import clause, code, extension, heading, into, listed, personal

if TYPE_CHECKING:
    from collections.abc import Collection

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.eforms.gathered import Due
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

LANGUAGE_RULE = "ISO 639-1 of the language's code in three letters"
NO_AWARD_DATES = ("2000-01-01", "1970-01-01")
"""What the SDK has UBL's mandatory date of award filled with: no date."""


def read_gathered(cursor: Cursor, root: Element, draft: Draft, unstated: Collection[str] = ()) -> Gathered:
    """Read a tree into a draft and return what was gathered on the way."""
    notice = Gathered(draft, _languages(cursor, root, draft), unstated)
    section = Section(notice, draft)
    _ROOT(cursor, root, section)
    _kind(cursor, section)
    _deadline(cursor, notice)
    _instrument(cursor, notice)
    _flags(cursor, notice)
    totals(cursor, section)
    resolve(cursor, notice)
    resolve_roles(cursor, notice)
    resolve_bodies(cursor, notice)
    leave_unused(cursor, notice)
    fill_texts(cursor, notice)
    _masked(cursor, notice)
    if notice.clauses:
        draft["clauses"] = notice.clauses
    notice.forget()
    return notice


def _languages(cursor: Cursor, root: Element, draft: Draft) -> str | None:
    """Read the notice's languages before its texts: the original (BT-702(a)) and the others (BT-702(b))."""
    found: list[tuple[str, Element]] = []
    for child in root:
        if child.tag in _LANGUAGE_TAGS:
            found.insert(0, (cursor.value(child), child))
        elif child.tag in _OTHER_LANGUAGE_TAGS:
            found += [(cursor.value(one), one) for one in child]
    languages: list[str] = []
    for text, element in found:
        language = language_of(text)
        if text and language not in languages:
            languages.append(language)
            cursor.cite(draft, f"languages[{len(languages) - 1}]", element, rule=LANGUAGE_RULE)
    if not found or found[0][1].tag not in _LANGUAGE_TAGS or not languages:
        return None
    draft["language"], draft["languages"] = languages[0], languages
    cursor.cite(draft, "language", found[0][1], rule=LANGUAGE_RULE)
    return languages[0]


_LANGUAGE_TAGS = family("cbc:NoticeLanguageCode")
_OTHER_LANGUAGE_TAGS = family("cac:AdditionalNoticeLanguage")


def _subtype(cursor: Cursor, element: Element, section: Section) -> None:
    """OPP-070."""
    text = cursor.value(element)
    if text:
        section.notice.subtype = (text, element)
        section.draft["form"] = text
        cursor.cite(section.draft, "form", element)


def _number(cursor: Cursor, element: Element, section: Section) -> None:
    """OPP-010, as printed (00047522-2024)."""
    text = cursor.value(element)
    if text:
        section.notice.number = (text, element)


def _notice_type(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-02."""
    text = code(cursor, element, section)
    if text:
        section.spoken["type"] = (text, element)


def _uuid(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-701: the same in every bulletin that publishes the notice."""
    text = cursor.value(element)
    if text:
        section.spoken["uuid"] = (text, element)


def _version(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-757."""
    text = cursor.value(element)
    if text:
        section.draft["version"] = text
        cursor.cite(section.draft, "version", element)


def _of_procedure(field: str) -> Handler:
    """Return the handler of BT-04 (identifier) or BT-01 (legal basis)."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text = cursor.value(element)
        if text:
            draft = procedure(section)
            draft[field] = text
            cursor.cite(draft, field, element)

    return read


def _award_date(cursor: Cursor, element: Element, section: Section) -> None:
    text = cursor.value(element)
    if day(text) in NO_AWARD_DATES:
        cursor.ignore(element, "the SDK has UBL's mandatory date of award filled with this: no date")
    elif text:
        section.notice.award_date = (text, element)


_ROOT = into(
    {
        "ext:UBLExtensions": extension(
            {
                "efbc:TransmissionDate": clause("BT-803"),
                "efbc:TransmissionTime": clause("BT-803"),
                "efac:Appeals": APPEALS,
                "efac:Changes": changes,
                "efac:ContractModification": modification,
                "efac:NoticeInformationNondisclosure": undisclosed,
                "efac:NoticeResult": NOTICE_RESULT,
                "efac:NoticeSubType": into({"cbc:SubTypeCode": _subtype}),
                "efac:Organizations": ORGANIZATIONS,
                "efac:Publication": into(
                    {
                        "efbc:NoticePublicationID": _number,
                        "efbc:GazetteID": clause("OPP-011"),
                        "efbc:PublicationDate": dated("published"),
                    }
                ),
            }
        ),
        "cbc:UBLVersionID": heading,
        "cbc:CustomizationID": heading,
        "cbc:ProfileID": heading,
        "cbc:ID": _uuid,
        "cbc:ContractFolderID": _of_procedure("id"),
        "cbc:IssueDate": dated("dispatched"),
        "cbc:IssueTime": heading,
        "cbc:VersionID": _version,
        "cbc:PlannedDate": clause("BT-127"),
        "cbc:RequestedPublicationDate": clause("BT-738"),
        "cbc:RegulatoryDomain": _of_procedure("legal_basis"),
        "cbc:NoticeTypeCode": _notice_type,
        "cbc:NoticeLanguageCode": lambda cursor, element, section: None,  # noqa: ARG005 - read before the rest
        "cac:AdditionalNoticeLanguage": lambda cursor, element, section: None,  # noqa: ARG005 - read before the rest
        "cbc:Note": clause("OPP-130"),
        "cac:SenderParty": personal,
        "cac:ContractingParty": contracting_party,
        "cac:TenderingTerms": PROCEDURE_TERMS,
        "cac:TenderingProcess": PROCEDURE_PROCESS,
        "cac:ProcurementProject": procedure_project,
        "cac:ProcurementProjectLot": lot,
        "cac:TenderResult": into({"cbc:AwardDate": _award_date}),
        "cac:BusinessParty": registered,
        "cac:BusinessCapability": into({"cbc:CapabilityTypeCode": listed("OPP-105")}),
        "efac:NoticePurpose": into({"cbc:PurposeCode": listed("OPP-100")}),
        "cac:AdditionalDocumentReference": REFERENCE,
    }
)


def _kind(cursor: Cursor, section: Section) -> None:
    """Fill kind, call, and the link that every publication of this notice shares."""
    draft, notice = section.draft, section.notice
    written = section.spoken.get("type") or notice.subtype
    subtype = notice.subtype[0] if notice.subtype else ""
    found = kind_of(section.spoken["type"][0] if "type" in section.spoken else "", subtype)
    if found is not None and written is not None:
        draft["kind"] = found[0]
        cursor.cite(draft, "kind", written[1], rule="the notice type gives the kind")
        notice.modifies = found[0] == "modification"
        if found[1]:
            draft["call"] = True
            cursor.cite(draft, "call", written[1], rule="this notice type calls for competition")
    elif written is not None:
        cursor.leave(written[1], "not a notice type of the code list")
    if notice.cancelled is not None:
        draft["kind"] = "cancellation"
        cursor.cite(draft, "kind", notice.cancelled, rule="BT-140 says that the notice is cancelled")
    _same_notice(cursor, section)


def _same_notice(cursor: Cursor, section: Section) -> None:
    identified = section.spoken.get("uuid")
    if identified is None:
        return
    version = section.draft.get("version")
    link: Draft = {"relation": "same_notice", "target": f"eforms:{identified[0]}" + (f"-{version}" if version else "")}
    cursor.anchor(link, identified[1], "BT-701 and BT-757 are the same wherever the notice is published")
    section.draft.setdefault("links", []).append(link)


def _instant(due: Due) -> datetime:
    found = datetime.fromisoformat(due.moment)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _deadline(cursor: Cursor, notice: Gathered) -> None:
    """Fill the notice's deadline: the earliest of its kind over all lots (tenders, else requests, else interest)."""
    for kind in DUE_FIELDS:
        due = [one for one in notice.due if one.kind == kind]
        if due:
            state_deadline(cursor, notice.draft, min(due, key=_instant))
            return


def _instrument(cursor: Cursor, notice: Gathered) -> None:
    """Fill the instrument where the subtype is made for one, or where all lots use one technique (BT-765, BT-766)."""
    draft = notice.draft
    found = instrument_of(notice.subtype[0]) if notice.subtype else None
    if found is not None and notice.subtype is not None:
        draft["instrument"] = found
        cursor.cite(draft, "instrument", notice.subtype[1], rule="the subtype is made for this instrument")
        return
    for field, name in (("dps", "dps"), ("technique", "framework")):
        used = [(text, element) for one, text, element in notice.techniques if one == field]
        if used and all(text != "none" for text, _ in used):
            draft["instrument"] = name
            cursor.cite(draft, "instrument", used[0][1], rule="every lot uses this technique")
            return
    if notice.techniques and all(text == "none" for _, text, _ in notice.techniques):
        draft["instrument"] = "contract"
        cursor.cite(draft, "instrument", notice.techniques[0][2], rule="no lot uses a technique")


def _flags(cursor: Cursor, notice: Gathered) -> None:
    """Fill what all lots agree on: covered by the GPA (BT-115), electronic auction (BT-767)."""
    for field, said in notice.flags.items():
        if len({value for value, _ in said}) == 1:
            draft = notice.draft.setdefault("procedure", {})
            draft[field] = said[0][0]
            cursor.cite(draft, field, said[0][1], rule="every lot says so")
        else:
            for _, element in said:
                cursor.leave(element, "lots differ, and the record keeps one for the procedure")


def _masked(cursor: Cursor, notice: Gathered) -> None:
    """A masked value serves a withheld field; without one, why it is masked is not known."""
    for element in notice.masked:
        if "withheld" in notice.draft:
            cursor.used(element)
        else:
            cursor.leave(element, "a masked value, and no withheld field says why")
