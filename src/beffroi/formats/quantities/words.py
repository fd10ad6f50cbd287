"""The words that say how many things are bought, one table a language; accents are folded, case is lower.

In: nothing. Out: `LANGUAGES`, and the words that never name a thing bought (`NOT_COUNTED`), whatever the language.
A trigger and the link to its number belong to one language, so a text needs no declared language to be read safely.

>>> "fournitures?" in LANGUAGES["fr"].triggers
True
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One language: every entry is a phrase of a folded text, or a regular expression where it says so."""

    triggers: tuple[str, ...]  # the act of buying a thing
    building: tuple[str, ...]  # the act of building one: read at the beginning of a text only
    between: tuple[str, ...]  # what may stand beside a trigger ("supply and installation of")
    links: tuple[str, ...]  # from the act to the number ("of"); "" is never enough
    leads: tuple[str, ...]  # what may stand before the act ("the purpose of the contract is")
    kinds: dict[str, str]  # qualifier phrase -> kind of quantity
    labels: dict[str, str]  # "quantity", when a colon or a qualifier follows -> the kind the word itself implies
    ands: tuple[str, ...]  # what joins two counted things
    stops: tuple[str, ...]  # words that end the name of the thing
    yearly: tuple[str, ...]  # a quantity per period is not the lot's


_FR = Words(
    triggers=("fournitures?", "acquisitions?", "achats?", "livraisons?", "locations?", "renouvellement", "commande"),
    building=("constructions?",),
    between=("mise en service", "mise en oeuvre", "installation", "pose", "montage", "mise en place", "transport",
             "maintenance", "formation", "conception", "fabrication", "equipement", "neufs?", "longue duree"),
    links=("de", "d'", "des", "portant sur", "concernant"),
    leads=("le", "la", "les", "l'", "un", "une", "ce", "present", "presente", "marche", "marches", "accord-cadre",
           "accord", "cadre", "contrat", "consultation", "procedure", "objet", "a pour objet", "pour", "de", "d'",
           "porte sur", "concerne", "consiste en", "est", "lot", "relatif a", "relative a", "portant sur", "public",
           "publics", "il s'agit de", "il s'agit d'", "du"),
    kinds={"environ": "estimated", "approximativement": "estimated", "une quantite estimee a": "estimated",
           "estimative": "estimated", "estimatives": "estimated", "estimee": "estimated", "estimees": "estimated",
           "estime": "estimated", "previsionnelle": "estimated", "previsionnelles": "estimated",
           "indicative": "estimated", "indicatives": "estimated", "au moins": "minimum", "au minimum": "minimum",
           "un minimum de": "minimum", "minimum": "minimum", "minimale": "minimum", "minimales": "minimum",
           "mini": "minimum", "min.": "minimum", "jusqu'a": "maximum", "au maximum": "maximum", "au plus": "maximum",
           "un maximum de": "maximum", "maximum": "maximum", "maximale": "maximum", "maximales": "maximum",
           "maxi": "maximum", "max.": "maximum", "ferme": "firm", "fermes": "firm"},
    labels={"quantites?": "unknown", "qtes?": "unknown"},
    ands=("et", "ainsi que", "et de", "et d'", "ainsi que de"),
    stops=("de", "du", "des", "d'", "pour", "par", "a", "au", "aux", "avec", "sans", "dans", "en", "sur", "et", "ou",
           "dont", "destines", "destinees", "destine", "destinee", "type", "y", "la", "le", "les", "l'", "sis",
           "situes", "sises", "ainsi", "afin", "qui", "selon", "est", "sont", "neuf", "neufs"),
    yearly=("par an", "/an", "/ an", "annuels?", "annuelles?", "annuellement", "par mois", "mensuels?", "par jour",
            "par semaine", "chaque annee", "par annee"),
)  # fmt: skip
_EN = Words(
    triggers=("suppl(?:y|ies)", "purchas(?:e|ing)", "acquisition", "procurement", "delivery", "rental", "lease",
              "leasing", "hire"),
    building=("construction", "erection"),
    between=("installation", "commissioning", "design", "manufacture", "manufacturing", "maintenance", "delivery",
             "fitting", "assembly", "testing", "training", "transport", "servicing", "support"),
    links=("of", "for"),
    leads=("the", "a", "an", "this", "contract", "contracts", "framework", "agreement", "for", "of", "purpose",
           "subject", "object", "subject-matter", "is", "covers", "concerns", "lot", "tender", "procurement",
           "procedure", "to", "invitation"),
    kinds={"approximately": "estimated", "about": "estimated", "around": "estimated", "circa": "estimated",
           "approx.": "estimated", "approx": "estimated", "an estimated": "estimated", "estimated": "estimated",
           "indicative": "estimated", "at least": "minimum", "a minimum of": "minimum", "minimum": "minimum",
           "min.": "minimum", "up to": "maximum", "a maximum of": "maximum", "maximum": "maximum", "max.": "maximum",
           "firm": "firm"},
    labels={"quantit(?:y|ies)": "unknown", "qty": "unknown"},
    ands=("and", "as well as", "and of", "plus"),
    stops=("of", "for", "with", "without", "in", "at", "to", "and", "or", "including", "by", "from", "on", "the",
           "as", "that", "which", "per", "under", "is", "are", "a", "an", "plus"),
    yearly=("per year", "per annum", "p.a.", "annually", "annual", "yearly", "per month", "monthly", "per week",
            "per day", "a year", "each year", "daily", "weekly"),
)  # fmt: skip
_DE = Words(
    triggers=("lieferung(?:en)?", "beschaffung(?:en)?", "kauf", "ankauf", "anschaffung", "erwerb", "miete",
              "anmietung", "leasing", "einkauf"),
    building=("neubau", "errichtung", "bau"),
    between=("montage", "installation", "einbau", "aufbau", "inbetriebnahme", "wartung", "aufstellung", "ausbau",
             "herstellung", "instandhaltung", "einrichtung", "schulung", "planung", "konstruktion", "fertigung",
             "die", "der", "service"),
    links=("von", "uber"),
    leads=("die", "der", "das", "des", "den", "gegenstand", "auftrag", "auftrags", "ausschreibung", "vergabe",
           "ist", "rahmenvertrag", "rahmenvereinbarung", "vertrag", "zur", "uber", "fur", "los", "dieses",
           "dieser", "offentliche", "und", "leistung", "umfasst", "beinhaltet"),
    kinds={"ca.": "estimated", "ca": "estimated", "circa": "estimated", "etwa": "estimated", "rund": "estimated",
           "voraussichtlich": "estimated", "geschatzte": "estimated", "mindestens": "minimum", "min.": "minimum",
           "mind.": "minimum", "minimal": "minimum", "bis zu": "maximum", "maximal": "maximum",
           "hochstens": "maximum", "max.": "maximum"},
    labels={"stuckzahl": "unknown", "menge": "unknown", "liefermenge": "unknown", "bestellmenge": "unknown",
            "mindestmenge": "minimum", "mindestabnahmemenge": "minimum", "hochstmenge": "maximum",
            "maximalmenge": "maximum", "maximale abnahmemenge": "maximum"},
    ands=("und", "sowie", "und von", "sowie von"),
    stops=("fur", "mit", "ohne", "in", "im", "am", "an", "der", "die", "das", "den", "des", "dem", "und", "oder",
           "inkl.", "inkl", "inklusive", "zur", "zum", "von", "vom", "nach", "einschlieszlich", "einschließlich",
           "auf", "aus", "bei", "plus", "als", "sowie", "gemasz", "gemaß", "typ", "ist", "sind", "zu", "per", "je"),
    yearly=("pro jahr", "p.a.", "p. a.", "jahrlich(?:e[nrs]?)?", "im jahr", "pro monat", "monatlich", "pro tag",
            "/jahr", "pro woche", "wochentlich", "je jahr"),
)  # fmt: skip
_ES = Words(
    triggers=("suministros?", "adquisicion(?:es)?", "compras?", "entrega", "alquiler", "arrendamiento",
              "contratacion del suministro", "renting"),
    building=("construccion",),
    between=("instalacion", "puesta en marcha", "montaje", "mantenimiento", "entrega", "puesta en servicio",
             "colocacion", "el", "la", "mediante"),
    links=("de", "para la adquisicion de"),
    leads=("el", "la", "los", "las", "un", "una", "contrato", "acuerdo", "marco", "objeto", "del", "de", "es",
           "para", "lote", "presente", "licitacion", "contratacion", "consiste en", "tiene por"),
    kinds={"aproximadamente": "estimated", "unos": "estimated", "unas": "estimated", "estimada": "estimated",
           "estimadas": "estimated", "al menos": "minimum", "un minimo de": "minimum", "minimo": "minimum",
           "minima": "minimum", "como minimo": "minimum", "hasta": "maximum", "un maximo de": "maximum",
           "maximo": "maximum", "maxima": "maximum"},
    labels={"cantidad(?:es)?": "unknown"},
    ands=("y", "y de", "e", "asi como", "asi como de"),
    stops=("de", "del", "para", "por", "con", "sin", "en", "y", "e", "o", "a", "al", "la", "el", "los", "las",
           "destinados", "destinadas", "tipo", "que", "segun", "mediante", "es", "son"),
    yearly=("al ano", "por ano", "anuales", "anual", "al mes", "mensuales", "por dia", "diarios", "/ano"),
)  # fmt: skip
_IT = Words(
    triggers=("fornitur[ae]", "acquist[oi]", "acquisizione", "noleggio", "locazione", "leasing", "consegna"),
    building=("costruzione",),
    between=("installazione", "posa in opera", "montaggio", "messa in funzione", "trasporto", "manutenzione",
             "posa", "consegna", "in pronta consegna", "messa in opera", "full service", "la"),
    links=("di", "d'", "dei", "delle"),
    leads=("la", "il", "l'", "lo", "un", "una", "gara", "appalto", "procedura", "aperta", "per", "accordo", "quadro",
           "oggetto", "ha per", "affidamento", "della", "del", "lotto", "dell'", "contratto", "e", "concernente",
           "presente", "di", "relativo alla", "avente ad"),
    kinds={"circa": "estimated", "ca.": "estimated", "stimata": "estimated", "presunta": "estimated",
           "presunte": "estimated", "stimate": "estimated", "almeno": "minimum", "un minimo di": "minimum",
           "minimo": "minimum", "minima": "minimum", "fino a": "maximum", "un massimo di": "maximum",
           "massimo": "maximum", "massima": "maximum", "max.": "maximum"},
    labels={"quantita": "unknown", "quantitativ[oi]": "unknown"},
    ands=("e", "e di", "ed", "nonche", "nonche di"),
    stops=("di", "del", "della", "dei", "delle", "degli", "per", "con", "senza", "in", "e", "ed", "o", "a", "al",
           "alla", "da", "dal", "destinati", "destinate", "tipo", "che", "comprensiva", "comprensivo", "presso",
           "nonche", "su", "sul", "sono", "la", "il", "le", "i", "gli"),
    yearly=("all'anno", "annui", "annue", "annuali", "annuale", "al mese", "mensili", "al giorno", "/anno"),
)  # fmt: skip
SIGN_COUNTS = frozenset(("it",))
"""Where "n. 4 autobus" counts buses; elsewhere a number sign names a lot or a reference."""
LANGUAGES = {"fr": _FR, "en": _EN, "de": _DE, "es": _ES, "it": _IT}

_TIME = """mois an ans annee annees jour jours semaine semaines heure heures minute minutes trimestre trimestres
month months year years week weeks day days hour hours night nights monat monate monaten jahr jahre jahren tag tage
tagen woche wochen stunde stunden mes meses ano anos dia dias semana semanas hora horas mesi mese anno anni giorni
giorno settimane ore calendaires nuits nuitees ouvres kalenderjahre schuljahre saison saisons"""
_MONEY = """eur euro euros € $ £ chf usd gbp pln huf ron bgn czk sek dkk nok hrk ht ttc tausend million millions
millionen millones milioni milliards mio mrd k€ m€ keur meur milliers cent mille millones mil dollars forint zl"""
_MEASURE = """% m m2 m3 m² m³ qm mq cbm km kms ml mm cm dm ha hectare hectares hektar hectareas ettari acres metre
metres metros metri meter metern meters kilometre kilometres kilometer kilometers kilometern kilometros chilometri
mètres lineaires carres cubes kg g gr t to tonne tonnes tonnen tons ton toneladas tonnellate gramm grammes grams
kilogrammes kilogram kilograms kilo kilos l hl litre litres liter litern litros litri liters kwh mwh gwh twh wh w kw
kwc kwp mw gw mva kva kv v volt volts a ah hp ch cv ps db hz mhz ghz gb go to tb mo mb mbit gbit gbps mbps octets
bar bars bit bits pixels pouces inch inches zoll grad degres lumen lux ppm dpi eqh eh prozent percent pourcent
por pct points punkte superficie surface quadratmeter kubikmeter stere steres st ft mi yards unites-heures ges"""
_PEOPLE = """agents agent personnes personne people persons person personen mitarbeiter mitarbeiterinnen
mitarbeitern employees staff users utilisateurs usagers usuarios utenti benutzer eleves schuler schulern schulerinnen
students etudiants alumnos studenti enfants children kinder kindern ninos bambini habitants einwohner einwohnern
inhabitants habitantes abitanti participants teilnehmer teilnehmern teilnehmerinnen stagiaires patients patienten
pazienti pacientes experts expert consultants operateurs operators operatori candidats titulaires attributaires
prestataires suppliers lieferanten bidders bieter fournisseurs soignants sapeurs collaborateurs fonctionnaires
beneficiaires residents bewohner bewohnern familles pax etp fte vollzeit berater trabajadores dipendenti soggetti
convives assures membres adherents soldats militaires gendarmes policiers"""
_PLACES = """lots lot lose los losen lotes lote lotti lotto sites site standorte standorten standort sitios siti
communes commune communautes gemeinden comuni municipios ecoles ecole colleges lycees etablissements schools school
schulen institutos centros centres centre hospitals hopitaux batiments batiment buildings building gebaude gebauden
edificios edifici regions region departements zones zone secteurs secteur countries lander villes cities lieux
locations filialen casernes plants batimens rue avenue boulevard route strasse straße street via calle cedex niveaux
etages stockwerke floors levels places place platze platzen plazas posti lits lit betten beds camas letti lignes
ligne lines linien lineas linee agences mairies directions services ministeres kommunen kreise bezirke stationen"""
_ABSTRACT = """types type typen tipos tipo tipologie tipologia tipi categories categorie category kategorien familles
gammes modeles modelle models versions variantes varianten phases phase fasen fasi fases tranches tranche etapes
parts parties teile teilen part partes parti teilleistungen contrats contrat contracts contract vertrage marches
marche accords-cadres agreements postes poste missions mission objets volets options option optionen opciones
opzioni bons times mal fois veces volte axes portes doors achs axle axles seater roues wheels rad reference
references referencias reihen serie series klassen class classe niveau level version edition eme er ere nd rd th
article articles paragraphe alinea annexe chapitre alineas part-time sections section abschnitte abschnitten
bauabschnitte bauabschnitten gruppen groups groupes grupos gruppi sortes arten varieties way voies wege channels
hauptlose facher fach mas rank periods periodes prorogas renouvellements reconductions verlangerungen"""
NOT_LABELLED = frozenset(
    f"{_PEOPLE} heures hours stunden horas ore litres liter litri litros tonnes kilometres".split()
)
"""Words beside "quantity" that make it one of people or of a measure."""

NOT_COUNTED = frozenset(f"{_TIME} {_MONEY} {_MEASURE} {_PEOPLE} {_PLACES} {_ABSTRACT}".split())
"""Time, money, measures, people, places and parts: numbers of these are not how many things are bought."""

_THINGS = """drones drone micro-drones nano-drones vehicules vehicule bus autobus minibus autocars trains rames tramways
    camions ambulances fourgons fourgonnettes voitures motos velos bateaux navires helicopteres avions ordinateurs
    imprimantes serveurs cameras camera ecrans tablettes licences radars passerelles bornes conteneurs bennes tentes
    defibrillateurs pistolets gilets casques logements vehicles buses trucks vans cars lorries boats helicopters
    aircraft ships laptops printers servers screens tablets licences licenses scanners containers tractors trailers
    fahrzeuge busse elektrobusse drohnen rettungswagen krankenwagen kameras laptops notebooks lastkraftwagen
    lizenzen server drucker container wohnungen wohneinheiten schultablets hubschrauber camiones vehiculos autobuses
    ambulancias camaras ordenadores drones licencias contenedores viviendas furgonetas helicopteros autocarri
    veicoli autobus autovetture telecamere ambulanze droni treni elicotteri computer licenze furgoni autocarro"""
THINGS = frozenset(_THINGS.split())
"""Things counted where a title begins with their number; a closed list, for such a number is often a rubric's."""

_UNITS = "stuck stk stk. st. pieces piece pcs pcs. units unit unites unite unidades unidad pezzi uds"
UNITS = frozenset(_UNITS.split())
"""Words that count without naming the thing."""
