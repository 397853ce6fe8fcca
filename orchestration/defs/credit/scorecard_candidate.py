"""A candidate scorecard, trained on demand. The approved card is a seed that people change; no run writes over it."""

import dagster as dg

from orchestration.defs.workspace import Workspace
from orchestration.lib.publishing import read_origin
from orchestration.lib.runs import finish_run
from orchestration.lib.scorecard_files import read_cards
from orchestration.lib.scorecard_training import propose_card


@dg.asset(key=["credit", "scorecard_candidate"], deps=[["lending", "borrower"]], group_name="credit", kinds={"sklearn"})
def scorecard_candidate(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """Train on the loaded borrowers with a known outcome and write the card beside the data."""
    origin = read_origin(workspace.folder)
    card_folder = propose_card(workspace.folder, training_data=origin["description"] or "borrowers of the data folder")
    (card,) = read_cards(card_folder)
    finish_run(workspace.folder, context.run_id, None)
    return dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(card_folder),
            "card_version": card.header.card_version,
            "borrowers": card.header.development_count,
            "auc_holdout": card.header.holdout_auc,
            "ks_holdout": card.header.holdout_ks,
        }
    )
