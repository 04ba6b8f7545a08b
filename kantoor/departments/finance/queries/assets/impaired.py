"""What of an asset is impaired, and not taken back."""

from kantoor.kernel.store.lookup import fetch


def impaired(asset_id: int) -> int:
    """The impairments of an asset in all, in minor units."""
    found = fetch(
        "SELECT CAST(COALESCE(SUM(accumulated), 0) AS bigint) FROM finance_asset_movement"
        " WHERE asset_id = %s AND kind = 'impairment'",
        [asset_id],
    )
    return int(found[0][0])
