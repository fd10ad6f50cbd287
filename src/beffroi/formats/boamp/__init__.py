"""The BOAMP: records of the open-data API and DILA XML."""
