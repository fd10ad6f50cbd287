"""Invented defence forms of R2.0.8: the few elements a test is about, inside their sections."""

from __future__ import annotations

SPACE = "http://publications.europa.eu/resource/schema/ted/R2.0.8/publication"


def whole(name: str, number: str, body: str, language: str = "FR") -> str:
    return (
        f'<{name} CATEGORY="ORIGINAL" FORM="{number}" LG="{language}" VERSION="R2.0.8.S05.E01">'
        f"<FD_{name}>{body}</FD_{name}></{name}>"
    )


def called(described: str = "", rest: str = "", **more: str) -> str:
    """Return an F17: what is bought, and what follows it in its section."""
    return whole(
        "CONTRACT_DEFENCE",
        "17",
        f"{buyer('CONTRACTING_AUTHORITY_INFORMATION_DEFENCE', 'NAME_ADDRESSES_CONTACT_CONTRACT')}"
        "<OBJECT_CONTRACT_INFORMATION_DEFENCE><DESCRIPTION_CONTRACT_INFORMATION_DEFENCE>"
        f"<TITLE_CONTRACT><P>Balises</P></TITLE_CONTRACT>{described}"
        f"</DESCRIPTION_CONTRACT_INFORMATION_DEFENCE>{rest}</OBJECT_CONTRACT_INFORMATION_DEFENCE>"
        f"<PROCEDURE_DEFINITION_CONTRACT_NOTICE_DEFENCE>{more.get('procedure', '')}"
        "</PROCEDURE_DEFINITION_CONTRACT_NOTICE_DEFENCE>"
        f"<COMPLEMENTARY_INFORMATION_CONTRACT_NOTICE>{more.get('closing', '')}"
        "</COMPLEMENTARY_INFORMATION_CONTRACT_NOTICE>",
        more.get("language", "FR"),
    )


def awarded(awards: str, total: str = "", procedure: str = "") -> str:
    """Return an F18: its awards, its total final value, its procedure."""
    return whole(
        "CONTRACT_AWARD_DEFENCE",
        "18",
        "<OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE_DEFENCE><DESCRIPTION_AWARD_NOTICE_INFORMATION_DEFENCE>"
        "<TITLE_CONTRACT><P>Balises</P></TITLE_CONTRACT></DESCRIPTION_AWARD_NOTICE_INFORMATION_DEFENCE>"
        f"{total}</OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE_DEFENCE>"
        f"<PROCEDURE_DEFINITION_CONTRACT_AWARD_NOTICE_DEFENCE>{procedure}"
        f"</PROCEDURE_DEFINITION_CONTRACT_AWARD_NOTICE_DEFENCE>{awards}",
    )


def planned(*objects: str) -> str:
    """Return an F16 of one or several objects."""
    inner = "".join(
        f"<OBJECT_WORKS_SUPPLIES_SERVICES_PRIOR_INFORMATION>{one}</OBJECT_WORKS_SUPPLIES_SERVICES_PRIOR_INFORMATION>"
        for one in objects
    )
    return whole("PRIOR_INFORMATION_DEFENCE", "16", inner)


def buyer(section: str, names: str, more: str = "") -> str:
    return (
        f"<{section}><{names}><CA_CE_CONCESSIONAIRE_PROFILE><ORGANISATION><OFFICIALNAME>État-major</OFFICIALNAME>"
        "<NATIONALID>110 040</NATIONALID></ORGANISATION><ADDRESS>1 rue</ADDRESS><TOWN>Brest</TOWN>"
        "<POSTAL_CODE>29200</POSTAL_CODE><COUNTRY VALUE='UK'/><CONTACT_POINT>Mme X</CONTACT_POINT>"
        f"<PHONE>+33</PHONE><E_MAILS><E_MAIL>x@example.org</E_MAIL></E_MAILS></CA_CE_CONCESSIONAIRE_PROFILE></{names}>"
        f"{more}</{section}>"
    )


def day(name: str, year: str, month: str, date: str, time: str = "") -> str:
    hour = f"<TIME>{time}</TIME>" if time else ""
    return f"<{name}><DAY>{date}</DAY><MONTH>{month}</MONTH><YEAR>{year}</YEAR>{hour}</{name}>"


def cost(name: str, value: str, written: str, vat: str = "") -> str:
    return f"<{name} CURRENCY='EUR'><VALUE_COST FMTVAL='{value}'>{written}</VALUE_COST>{vat}</{name}>"


def lot(number: str, more: str = "") -> str:
    return f"<F17_ANNEX_B><LOT_NUMBER>{number}</LOT_NUMBER><LOT_TITLE>Lot n° {number}</LOT_TITLE>{more}</F17_ANNEX_B>"


def divided(*lots: str) -> str:
    inner = "".join(lots)
    return f"<F17_DIVISION_INTO_LOTS><F17_DIV_INTO_LOT_YES>{inner}</F17_DIV_INTO_LOT_YES></F17_DIVISION_INTO_LOTS>"


def operator(name: str) -> str:
    return (
        "<ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME><ORGANISATION>"
        f"<OFFICIALNAME>{name}</OFFICIALNAME></ORGANISATION><COUNTRY VALUE='EL'/>"
        "</CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME></ECONOMIC_OPERATOR_NAME_ADDRESS>"
    )


def award(body: str, number: str = "") -> str:
    printed = f"<LOT_NUMBER>{number}</LOT_NUMBER>" if number else ""
    return f"<AWARD_OF_CONTRACT_DEFENCE>{printed}{body}</AWARD_OF_CONTRACT_DEFENCE>"
