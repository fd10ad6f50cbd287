"""Which field a code belongs to, by the list it is of, for elements that hold codes of several lists.

In: nothing. Out: `LISTS`, facts of the eForms SDK (code lists and fields).

>>> LISTS["einvoicing"]
'BT-743'
"""

LISTS = {
    "accelerated-procedure": "BT-106",
    "accessibility": "BT-754",
    "authority-activity": "BT-10",
    "buyer-contracting-type": "BT-740",
    "contract-nature": "BT-531",
    "customer-service": "OPT-071",
    "cvd-scope": "BT-717",
    "conditions": "OPT-060",
    "no-esubmission-justification": "BT-19",
    "direct-award-justification": "BT-136",
    "ecatalog-submission": "BT-764",
    "eed-scope": "BT-810",
    "einvoicing": "BT-743",
    "energy-efficiency-item": "BT-811",
    "entity-activity": "BT-610",
    "environmental-impact": "BT-774",
    "esignature-submission": "BT-744",
    "exclusion-ground": "BT-67",
    "exclusion-grounds-source": "BT-806",
    "fsr": "BT-681",
    "gpp-criteria": "BT-805",
    "innovative-acquisition": "BT-776",
    "international-procurement-instrument-measure": "BT-685",
    "ipi-scope": "BT-684",
    "missing-info-submission": "BT-771",
    "nda": "BT-801",
    "requirement-stage": "BT-79",
    "reserved-execution": "BT-736",
    "rewards-penalties": "OPP-033",
    "reserved-procurement": "BT-71",
    "selection-criteria-source": "BT-821",
    "social-objective": "BT-775",
    "strategic-procurement": "BT-06",
    "tender-guarantee-required": "BT-751",
    "transport-service": "OPP-040",
    "vehicle-category": "BT-723",
}
"""Code list → field, for elements that hold codes of several lists."""
