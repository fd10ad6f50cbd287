"""Strategic procurement: clean vehicles, energy efficiency, international instruments (`efac:StrategicProcurement`).

In: the element, of a lot or a result. Out: passages under their fields.
"""

from __future__ import annotations

from beffroi.formats.eforms.values import clause, into, listed, pairs

VEHICLES = {"vehicles": "BT-715", "vehicles-clean": "BT-716", "vehicles-zero-emission": "BT-725"}
"""The kind of vehicles counted → field; other counts are of energy-efficient goods (BT-815)."""
STRATEGIC = into(
    {
        "efbc:ApplicableLegalBasis": listed("BT-717"),
        "efac:StrategicProcurementInformation": into(
            {
                "efbc:ProcurementCategoryCode": listed("BT-735"),
                "efac:ProcurementDetails": into(
                    {
                        "efbc:AssetCategoryCode": listed("BT-723"),
                        "efbc:LegalFrameworkCode": listed("BT-811"),
                        "efac:AssetLabel": pairs("BT-812"),
                        "efac:AssetMetric": pairs("BT-813", {"nrg-sav-yr": "BT-814"}),
                        "efac:StrategicProcurementStatistics": pairs("BT-815", VEHICLES),
                    }
                ),
                "efac:AppliedMeasure": into(
                    {
                        "efbc:MeasureCode": listed("BT-685"),
                        "efac:MeasureStatistics": pairs("BT-686"),
                        "efac:MeasureException": into(
                            {"efbc:ExceptionCode": listed("BT-687"), "efbc:ExceptionDescription": clause("BT-688")}
                        ),
                    }
                ),
            }
        ),
    }
)
