"""The jobs people and sensors start."""

import dagster as dg

DELIVERIES = dg.AssetSelection.groups("ingest")
ON_DEMAND = dg.AssetSelection.groups("credit")

# Takes in the deliveries of the run's dates, builds, validates, publishes.
warehouse = dg.define_asset_job("warehouse", selection=dg.AssetSelection.all() - ON_DEMAND)

# The same without taking anything in: after a change of models or definitions, or after a replay from quarantine.
rebuild = dg.define_asset_job("rebuild", selection=dg.AssetSelection.all() - ON_DEMAND - DELIVERIES)

# Trains a candidate scorecard on what is loaded.
scorecard = dg.define_asset_job("scorecard", selection=ON_DEMAND)
